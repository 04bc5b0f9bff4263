"""Web addresses of the pages of assurance."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
