"""Addresses of the way out. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.discharge import afterwards, deciding, paper, preparing, ready, signing, summary, undoing

app_name = "discharge"

ALL = "clients/<uuid:pk>/way-out/"
ONE = ALL + "<uuid:row>/"

urlpatterns = [
    path(ALL, ready.ready, name="ready"),
    path(ALL + "begin/", preparing.begin, name="begin"),
    path(ONE, preparing.reason, name="reason"),
    path(ONE + "give-up/", preparing.give_up, name="give_up"),
    path(ONE + "override/", preparing.override, name="override"),
    path(ONE + "summary/", summary.write, name="summary"),
    path(ONE + "summary/save/", summary.save, name="save"),
    path(ONE + "settle/", deciding.settle, name="settle"),
    path(ONE + "settle/together/", deciding.decide_together, name="decide_together"),
    path(ONE + "settle/<slug:kind>/<uuid:item>/", deciding.decide, name="decide"),
    path(ONE + "sign/", signing.sign, name="sign"),
    path(ONE + "approve/", signing.approve, name="approve"),
    path(ONE + "send-back/", signing.send_back, name="send_back"),
    path(ONE + "read/", signing.read, name="read"),
    path(ONE + "addendum/", signing.addendum, name="addendum"),
    path(ONE + "undo/", undoing.undo, name="undo"),
    path(ONE + "print/", paper.printed, name="print"),
    path(ONE + "pdf/", paper.pdf, name="pdf"),
    path(ONE + "pdf/file/", paper.pdf_file, name="pdf_file"),
    path("goodbyes/", afterwards.mine, name="mine"),
    path("goodbyes/<uuid:row>/", afterwards.one, name="afterwards"),
    path("goodbyes/<uuid:row>/undo/", undoing.undo_own, name="undo_own"),
    path("goodbyes/<uuid:row>/print/", afterwards.printed, name="afterwards_print"),
]
