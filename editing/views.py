"""Views for accepting findings of the content checks."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.japanese import person
from core.moment import Moment
from editing.findings import find_all
from editing.models import AcceptedFinding

CHANGED_MEANWHILE = "その間に内容が変わりました。「確認すること」をもう一度ご覧ください。"
NOTE_MISSING = "このままでよい理由を入力してください(300文字まで)。"
ACCEPTED = "指摘を確認済みにしました。内容が変わると、もう一度お知らせします。"
ACCEPTED_BEFORE = (
    "この指摘は、先に{}確認済みにしています。理由は「{}」のままで、今の入力は保存していません。"
)


def posted(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view for POST requests; others lead to the home, where its buttons are.

    Signing in again leads to the view with a GET request.
    """

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        return view(request) if request.method == "POST" else redirect("admin:index")

    return inner


class NoteForm(forms.ModelForm):
    class Meta:
        model = AcceptedFinding
        fields = ("note",)


@posted
@permission_required("editing.add_acceptedfinding", raise_exception=True)
def accept_finding(request: HttpRequest) -> HttpResponse:
    """Accept a finding, if it is still found as the person saw it."""
    moment = Moment.now()
    seen = (request.POST.get("key"), request.POST.get("fingerprint"))
    found = {(each.key, each.fingerprint): each for each in find_all(moment)}
    form = NoteForm(request.POST)
    if seen not in found:
        messages.warning(request, CHANGED_MEANWHILE)
    elif not form.is_valid():
        messages.error(request, NOTE_MISSING)
    else:
        note, user = form.cleaned_data["note"], cast(User, request.user)
        stored = AcceptedFinding.accept(found[seen], note, user, moment)
        if (stored.note, stored.accepted_by) == (note, user):
            messages.success(request, ACCEPTED)
        else:
            by = f"{person(stored.accepted_by)}さんが" if stored.accepted_by else ""
            messages.warning(request, ACCEPTED_BEFORE.format(by, stored.note))
    return redirect("admin:index")


@posted
@permission_required("editing.delete_acceptedfinding", raise_exception=True)
def take_acceptance_back(request: HttpRequest) -> HttpResponse:
    AcceptedFinding.objects.filter(key=request.POST.get("key", "")).delete()
    messages.success(request, "指摘を「確認すること」に戻しました。")
    return redirect("admin:index")
