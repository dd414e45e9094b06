"""Addresses of the ground floor: who is in, and how one gets in."""

from django.urls import include, path

from groups.views import groups, invitations, memberships

app_name = "groups"

membership_urls = [
    path("", memberships.membership_list, name="membership_list"),
    path("shown/", memberships.membership_show, name="membership_show"),
    path("leave/", memberships.membership_leave, name="membership_leave"),
    path("<int:pk>/role/", memberships.membership_update, name="membership_update"),
    path("<int:pk>/remove/", memberships.membership_delete, name="membership_delete"),
]
invitation_urls = [
    path("new/", invitations.invitation_create, name="invitation_create"),
    path("<int:pk>/revoke/", invitations.invitation_revoke, name="invitation_revoke"),
]

urlpatterns = [
    path("join/<str:secret>/", invitations.membership_create, name="membership_create"),
    path("groups/<slug:slug>/settings/", groups.group_update, name="group_update"),
    path("groups/<slug:slug>/archive/", groups.group_archive, name="group_archive"),
    path("groups/<slug:slug>/reopen/", groups.group_reopen, name="group_reopen"),
    path("groups/<slug:slug>/members/", include(membership_urls)),
    path("groups/<slug:slug>/invitations/", include(invitation_urls)),
]
