from django.urls import path
from django.http import HttpResponse
urlpatterns = [path("edit/", lambda r: HttpResponse("x"), name="edit")]
