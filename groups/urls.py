"""Addresses of the ground floor: who is in, and how one gets in."""

from django.urls import include, path

from groups.events import views
from groups.views import (
    accounts,
    groups,
    incoming,
    invitations,
    join_requests,
    memberships,
    people,
)

app_name = "groups"

membership_urls = [
    path("", memberships.membership_list, name="membership_list"),
    path("mentionable/", memberships.mentionable_list, name="mentionable_list"),
    path("shown/", memberships.membership_show, name="membership_show"),
    path("leave/", memberships.membership_leave, name="membership_leave"),
    path("<int:pk>/role/", memberships.membership_update, name="membership_update"),
    path("<int:pk>/remove/", memberships.membership_delete, name="membership_delete"),
]
invitation_urls = [
    path("", invitations.invitation_list, name="invitation_list"),
    path("new/", invitations.invitation_create, name="invitation_create"),
    path("mail/", invitations.invitation_send, name="invitation_send"),
    path("<int:pk>/", invitations.invitation_detail, name="invitation_detail"),
    path("<int:pk>/revoke/", invitations.invitation_revoke, name="invitation_revoke"),
]
join_request_urls = [
    path("", join_requests.join_request_create, name="join_request_create"),
    path("withdraw/", join_requests.join_request_delete, name="join_request_delete"),
    path("<int:pk>/", join_requests.join_request_update, name="join_request_update"),
]

urlpatterns = [
    path("accounts/profile/", people.person_update, name="person_update"),
    path("accounts/email/try-again/", people.email_retry, name="email_retry"),
    path("groups/", join_requests.group_list, name="group_list"),
    path("accounts/delete/", accounts.account_delete, name="account_delete"),
    path("accounts/deleted/", accounts.account_deleted, name="account_deleted"),
    path("mail/incoming/", incoming.email_create, name="email_create"),
    path("join/<str:secret>/", invitations.membership_create, name="membership_create"),
    path("invitations/<int:pk>/", invitations.invitation_accept, name="invitation_accept"),
    path("groups/<slug:slug>/settings/", groups.group_update, name="group_update"),
    path("groups/<slug:slug>/history/", views.event_list, name="event_list"),
    path("groups/<slug:slug>/history.csv", views.event_export, name="event_export"),
    path("groups/<slug:slug>/archive/", groups.group_archive, name="group_archive"),
    path("groups/<slug:slug>/reopen/", groups.group_reopen, name="group_reopen"),
    path("groups/<slug:slug>/members/", include(membership_urls)),
    path("groups/<slug:slug>/invitations/", include(invitation_urls)),
    path("groups/<slug:slug>/ask/", include(join_request_urls)),
]
