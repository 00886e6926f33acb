"""Addresses of the plan."""

from django.urls import path

from goldthread.doors.web.plans import deciding, editing, link, page, paper, signing, versions, working

app_name = "plans"

PLAN = "clients/<uuid:pk>/plan/"
OF_VERSION = PLAN + "<uuid:row>/"
LINE = OF_VERSION + "<slug:kind>/<uuid:line>/"

urlpatterns = [
    path(PLAN, page.of_client, name="of_client"),
    path(PLAN + "begin/", deciding.begin, name="begin"),
    path(PLAN + "steps/<uuid:row>/done/", working.step_done, name="step_done"),
    path(PLAN + "steps/<uuid:row>/reopen/", working.step_reopen, name="step_reopen"),
    path(PLAN + "steps/<uuid:row>/drop/", working.step_drop, name="step_drop"),
    path(PLAN + "goals/<uuid:row>/close/", working.goal_close, name="goal_close"),
    path(PLAN + "goals/<uuid:row>/reopen/", working.goal_reopen, name="goal_reopen"),
    path(PLAN + "services/<uuid:row>/", working.service, name="service"),
    path(OF_VERSION + "amend/", deciding.amend, name="amend"),
    path(OF_VERSION + "review/", deciding.review, name="review"),
    path(OF_VERSION + "withdraw/", deciding.withdraw, name="withdraw"),
    path(OF_VERSION + "ask/", signing.ask, name="ask"),
    path(OF_VERSION + "back/", deciding.take_back, name="back"),
    path(OF_VERSION + "approve/", deciding.approve, name="approve"),
    path(OF_VERSION + "return/", deciding.give_back, name="return"),
    path(OF_VERSION + "changes/", versions.changes, name="changes"),
    path(OF_VERSION + "print/", paper.printed, name="print"),
    path(OF_VERSION + "pdf/", paper.pdf, name="pdf"),
    path(OF_VERSION + "pdf/file/", paper.pdf_file, name="pdf_file"),
    path(OF_VERSION + "undo/", editing.line_undo, name="line_undo"),
    path(OF_VERSION + "part/<slug:key>/", editing.part_edit, name="part"),
    path(OF_VERSION + "new/<slug:kind>/", editing.line_new, name="line_new"),
    path(OF_VERSION + "goals/<uuid:line>/review/", editing.goal_review, name="goal_review"),
    path(OF_VERSION + "sign/<uuid:signature>/", signing.sign, name="sign"),
    path(OF_VERSION + "sign/<uuid:signature>/send/", signing.send, name="send"),
    path(OF_VERSION + "sign/<uuid:signature>/decline/", signing.decline, name="decline"),
    path(OF_VERSION + "sign/<uuid:signature>/off/", signing.take_off, name="take_off"),
    path(OF_VERSION + "sign/<uuid:signature>/on/", signing.put_back, name="put_back"),
    path(LINE, editing.line_edit, name="line"),
    path(LINE + "move/", editing.line_move, name="line_move"),
    path(LINE + "remove/", editing.line_remove, name="line_remove"),
    path("sign/<str:token>/", link.by_link, name="by_link"),
]
