"""Views for accepting findings of the content checks."""

from collections.abc import Callable
from functools import wraps
from typing import ClassVar, cast

from django import forms
from django.contrib import admin, messages
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
NOT_ACCEPTED = "まだ確認済みにしていません。「このままでよい理由」の欄のエラーを直してください。"
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
        error_messages: ClassVar = {"note": {"required": NOTE_MISSING, "blank": NOTE_MISSING}}


@posted
@permission_required("editing.add_acceptedfinding", raise_exception=True)
def accept_finding(request: HttpRequest) -> HttpResponse:
    """Accept a finding, if it is still found as the person saw it; else return the home with what was typed."""
    moment = Moment.now()
    key = request.POST.get("key", "")
    finding = next((each for each in find_all(moment) if each.key == key), None)
    is_as_seen = finding and finding.fingerprint == request.POST.get("fingerprint")
    form = NoteForm(request.POST)
    if not (finding and is_as_seen and form.is_valid()):
        messages.error(request, NOT_ACCEPTED if is_as_seen else CHANGED_MEANWHILE)
        return admin.site.index(request, {"refused_key": key, "refused_note": form["note"]})
    note, user = form.cleaned_data["note"], cast(User, request.user)
    stored = AcceptedFinding.accept(finding, note, user, moment)
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
