"""URLs of assignments and the schedule."""

from django.urls import URLPattern, URLResolver, include, path

from papers.assignments.views import assignments, schedule

assignment_urls = [
    path("<int:pk>/take/", assignments.assignment_take, name="assignment_take"),
    path("<int:pk>/give-back/", assignments.assignment_give_back, name="assignment_give_back"),
    path("<int:pk>/done/", assignments.assignment_finish, name="assignment_finish"),
    path("<int:pk>/edit/", assignments.assignment_update, name="assignment_update"),
    path("<int:pk>/delete/", assignments.assignment_delete, name="assignment_delete"),
]

group_urls: list[URLPattern | URLResolver] = [
    path("schedule/", schedule.schedule_detail, name="schedule_detail"),
    path(
        "papers/<int:pk>/assignments/new/", assignments.assignment_create, name="assignment_create"
    ),
    path("assignments/", include(assignment_urls)),
]
