"""URLs of notifications, of what one follows, and of the links at the foot of emails."""

from django.urls import URLPattern, URLResolver, path

from papers.notifications import views

site_urls = [
    path("notifications/", views.notification_list, name="notification_list"),
    path("notifications/done/", views.notifications_done, name="notifications_done"),
    path("notifications/<int:pk>/done/", views.notification_done, name="notification_done"),
    path("notifications/<int:pk>/later/", views.notification_later, name="notification_later"),
    path("notifications/settings/", views.notification_settings, name="notification_settings"),
    path("notifications/stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
]

group_urls: list[URLPattern | URLResolver] = [
    path("follow/", views.group_follow, name="group_follow"),
    path("topics/<int:pk>/follow/", views.topic_follow, name="topic_follow"),
    path("papers/<int:pk>/follow/", views.paper_follow, name="paper_follow"),
    path("threads/<int:pk>/follow/", views.thread_follow, name="thread_follow"),
]
