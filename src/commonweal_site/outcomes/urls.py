"""Web addresses of the pages of outcomes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
