"""The browsers in which one is signed in, and ending it there."""

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from groups.access import Request


@require_POST
def session_delete(request: Request, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    end_sessions(request, [session])
    messages.success(request, "You are signed out there.")
    return redirect("usersessions_list" if request.user.is_authenticated else "account_login")
