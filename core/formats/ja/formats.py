"""Formats of the days and hours that inputs of the admin show. What is typed is read by `core/japanese.py`."""

DATE_INPUT_FORMATS = ["%Y/%m/%d", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
