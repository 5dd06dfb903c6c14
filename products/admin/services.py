from django.contrib import admin

from editing.inputs import StackedContentInline
from products.admin.base import OnlyOneAdmin
from products.models import (
    IncidentCase,
    Product,
    SecurityProgram,
    SecurityService,
    SupportCaution,
    SupportDesk,
    SupportStrength,
)


@admin.register(Product)
class ProductAdmin(OnlyOneAdmin):
    list_display = ("name", "insurer")
    shown_on = ("home", "insurance")


class IncidentCaseInline(StackedContentInline):
    model = IncidentCase


class SupportStrengthInline(StackedContentInline):
    model = SupportStrength


class SupportCautionInline(StackedContentInline):
    model = SupportCaution


@admin.register(SupportDesk)
class SupportDeskAdmin(OnlyOneAdmin):
    inlines = (IncidentCaseInline, SupportStrengthInline, SupportCautionInline)
    shown_on = ("support-desk", "incident", "home")


class SecurityServiceInline(StackedContentInline):
    model = SecurityService


@admin.register(SecurityProgram)
class SecurityProgramAdmin(OnlyOneAdmin):
    list_display = ("name", "provider")
    inlines = (SecurityServiceInline,)
    shown_on = ("security-services", "home")
