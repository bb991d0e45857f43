"""Programmes, their public pages, cohorts, dates and places. Everything belongs to a programme, which is a row."""
