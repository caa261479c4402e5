"""The floor: bare Django, the least that a logged-in page can cost. Run by gunicorn, beside ours.

`python -m tests.bench.floor 4000` fills the database in FLOOR_URL and prints the key of a session as JSON.
"""

import json
import random
import sys
from datetime import UTC, date, datetime, timedelta

import django
import environ
from django.conf import settings

BASE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{% block title %}Floor{% endblock %}</title>
</head><body><nav><a href="/">Dashboard</a> <a href="{% url 'list' %}">People</a> <span>{{ user.get_username }}</span>
</nav>{% for m in messages %}<p class="{{ m.tags }}">{{ m }}</p>{% endfor %}
<main>{% block main %}{% endblock %}</main></body></html>"""
START, END = '{% extends "base" %}{% block main %}', "{% endblock %}"
LIST = """<h1>People ({{ page.paginator.count }})</h1>
<form><input name="q" value="{{ q }}"><button>Search</button></form>
<table>{% for p in page %}<tr><td><a href="{% url 'detail' p.pk %}">{{ p.name }}</a></td><td>{{ p.email }}</td>
<td>{{ p.phone }}</td><td>{{ p.city }}</td><td>{{ p.group.name }}</td><td>{{ p.status }}</td>
<td>{{ p.score|default:""|floatformat:1 }}</td><td>{{ p.created|date:"Y-m-d" }}</td></tr>{% endfor %}</table>
<p>{{ page.number }} / {{ page.paginator.num_pages }} {% if page.has_next %}
<a href="?page={{ page.next_page_number }}&q={{ q|urlencode }}">Next</a>{% endif %}</p>"""
DETAIL = """<h1>{{ p.name }}</h1><dl><dt>E-mail<dd>{{ p.email }}<dt>Phone<dd>{{ p.phone }}<dt>City<dd>{{ p.city }}
<dt>Group<dd>{{ p.group.name }}<dt>Status<dd>{{ p.status }}<dt>Score<dd>{{ p.score|default:""|floatformat:1 }}
<dt>Created<dd>{{ p.created|date:"Y-m-d H:i" }}</dl><section>{{ p.notes|linebreaks }}</section>"""
DASHBOARD = """<h1>Dashboard</h1><table>{% for r in rows %}<tr><td>{{ r.group__name }}</td><td>{{ r.status }}</td>
<td>{{ r.n }}</td><td>{{ r.avg|floatformat:2 }}</td></tr>{% endfor %}</table>"""
TIMELINE = """<h1>Plan</h1>
<table>{% for t, ps in people.items %}<tr><th><a href="{% url 'detail' t.pk %}">{{ t.name }}</a>
</th>{% for p in ps %}<td title="{{ p.start|date:"Y-m-d" }} - {{ p.end|date:"Y-m-d" }}">{{ p.place.name }}</td>
{% endfor %}</tr>{% endfor %}</table>"""
EVALUATION = """<h1>{{ p.name }}</h1><form method="post">{% csrf_token %}{% for field in form %}
<fieldset>{{ field.label_tag }}{{ field }}{{ field.errors }}</fieldset>{% endfor %}<button>Save</button></form>"""
PAGES = {"list": LIST, "detail": DETAIL, "dashboard": DASHBOARD, "timeline": TIMELINE, "evaluation": EVALUATION}
TEMPLATES = {"base": BASE} | {name: START + body + END for name, body in PAGES.items()}
PROCESSORS = ["template.context_processors.request", "contrib.auth.context_processors.auth"]
PROCESSORS += ["contrib.messages.context_processors.messages"]

settings.configure(
    SECRET_KEY="floor",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DATABASES={"default": environ.Env().db_url("FLOOR_URL") | {"CONN_MAX_AGE": 60}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[f"django.contrib.{app}" for app in ("auth", "contenttypes", "sessions", "messages")],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [f"django.{name}" for name in PROCESSORS],
                "loaders": [
                    ("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", TEMPLATES)])
                ],
            },
        }
    ],
)
django.setup()

# Django's own models can only be imported now.
from django import forms  # noqa: E402
from django.contrib.auth.decorators import login_required  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.shortcuts import get_object_or_404, render  # noqa: E402
from django.urls import path  # noqa: E402
from icalendar import Calendar, Event  # noqa: E402

from . import CRITERIA  # noqa: E402
from .session import session_of  # noqa: E402


class Group(models.Model):  # noqa: DJ008
    name = models.CharField(max_length=100)

    class Meta:
        app_label = "floor"


class Person(models.Model):  # noqa: DJ008
    group = models.ForeignKey(Group, models.PROTECT)
    name = models.CharField(max_length=100)
    email = models.EmailField(unique=True)
    phone = models.CharField(max_length=20)
    city = models.CharField(max_length=60)
    status = models.CharField(max_length=20, db_index=True)
    score = models.FloatField(null=True)
    notes = models.TextField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "floor"


class Placement(models.Model):  # noqa: DJ008
    person = models.ForeignKey(Person, models.CASCADE)
    place = models.ForeignKey(Group, models.PROTECT)
    start = models.DateField()
    end = models.DateField()

    class Meta:
        app_label = "floor"


class Evaluation(forms.Form):
    """Radio buttons drawn by Django's own form templates, five to each criterion."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(1, CRITERIA + 1):
            steps = [(step, f"Step {step}") for step in range(1, 6)]
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=f"Criterion {number}", choices=steps, widget=forms.RadioSelect
            )


@login_required
def people(request):
    rows, q = Person.objects.select_related("group").order_by("-id"), request.GET.get("q", "")
    if q:
        rows = rows.filter(models.Q(name__icontains=q) | models.Q(email__icontains=q) | models.Q(city__icontains=q))
    return render(request, "list", {"page": Paginator(rows, 50).get_page(request.GET.get("page")), "q": q})


@login_required
def detail(request, pk):
    return render(request, "detail", {"p": get_object_or_404(Person.objects.select_related("group"), pk=pk)})


@login_required
def evaluation(request, pk):
    person = get_object_or_404(Person.objects.select_related("group"), pk=pk)
    return render(request, "evaluation", {"p": person, "form": Evaluation()})


@login_required
def dashboard(request):
    counts = Person.objects.values("group__name", "status").annotate(n=models.Count("id"), avg=models.Avg("score"))
    return render(request, "dashboard", {"rows": counts.order_by("group__name", "status")})


@login_required
def timeline(request):
    """60 people with 12 bars each."""
    found = {}
    for bar in Placement.objects.select_related("person", "place").order_by("person_id", "start")[:720]:
        found.setdefault(bar.person, []).append(bar)
    return render(request, "timeline", {"people": found})


def calendar(request):
    """36 bars, by the library that ours uses."""
    file = Calendar()
    file.add("prodid", "floor")
    file.add("version", "2.0")
    for bar in Placement.objects.select_related("place").order_by("id")[:36]:
        event = Event()
        event.add("uid", str(bar.pk))
        event.add("dtstamp", datetime.now(UTC))
        event.add("dtstart", bar.start)
        event.add("dtend", bar.end)
        event.add("summary", bar.place.name)
        file.add_component(event)
    return HttpResponse(file.to_ical(), content_type="text/calendar")


urlpatterns = [
    path("", dashboard),
    path("people/", people, name="list"),
    path("people/<int:pk>/", detail, name="detail"),
    path("people/<int:pk>/evaluation/", evaluation),
    path("timeline/", timeline),
    path("calendar/", calendar),
]
application = get_wsgi_application()


def fill(number: int) -> str:
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for model in (Group, Person, Placement):
            editor.create_model(model)
    draw = random.Random(1)  # noqa: S311 - the same world every time
    groups = Group.objects.bulk_create(Group(name=f"Group {i}") for i in range(12))
    Person.objects.bulk_create([_person(i, groups, draw) for i in range(number)], batch_size=2000)
    first, quarter = date(2026, 9, 1), timedelta(weeks=12)
    Placement.objects.bulk_create(
        Placement(person_id=pk, place=draw.choice(groups), start=first + k * quarter, end=first + (k + 1) * quarter)
        for pk in Person.objects.order_by("pk").values_list("pk", flat=True)[:60]
        for k in range(12)
    )
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return session_of(User.objects.create_user("manager"), "django.contrib.auth.backends.ModelBackend")


def _person(i: int, groups, draw) -> Person:
    return Person(
        group=draw.choice(groups),
        name=f"{draw.choice(['Ann', 'Ben', 'Cleo', 'Dan'])} Family{i % 20:02}",
        email=f"person{i:05}@example.invalid",
        phone=f"+45{draw.randrange(10**8):08}",
        city=f"Town {draw.randrange(10)}",
        status=draw.choice(["applied", "screening", "interview", "offer", "hired", "rejected"]),
        score=draw.choice([None, draw.uniform(1, 5)]),
        notes="A sentence about a person. " * draw.randrange(1, 40),
    )


if __name__ == "__main__":
    print(json.dumps({"session": fill(int(sys.argv[1]))}))
