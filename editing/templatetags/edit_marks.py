"""The tag that marks figures, dates and names that are no text of the content: see `editing/edit_marks.py`."""

from django import template

from editing.edit_marks import mark_of

register = template.Library()

register.simple_tag(mark_of, name="edit_mark")
