"""Links between items: enableWhen that points nowhere or in a circle."""

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.model import Item, Questionnaire
from goldthread.casework.assessments.rules.notes import Notes


def check_links(questionnaire: Questionnaire, notes: Notes) -> None:
    """Note what enableWhen names that is no question, and items that switch each other in a circle."""
    edges: dict[str, list[str]] = {}
    for item in questionnaire.by_link.values():
        edges[item.link_id] = [item.parent] if item.parent else []
        for condition in item.enable_when:
            if _is_question(questionnaire, condition.question, item, notes):
                edges[item.link_id].append(condition.question)
    for circle in circles(edges):
        notes.add(circle[0], _("is switched in a circle: %(circle)s") % {"circle": " → ".join([*circle, circle[0]])})


def circles(edges: dict[str, list[str]]) -> list[list[str]]:
    """One circle through each group of nodes that lead back to themselves, in the order of *edges*. Without recursion."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        place: dict[str, int] = {}
        waiting = [(start, iter(edges[start]))] if start not in done else []
        while waiting:
            node, nexts = waiting[-1]
            if node not in place:
                place[node] = len(path)
                path.append(node)
            following = next((other for other in nexts if other in edges and other not in done), None)
            if following is None:
                waiting.pop()
                path.pop()
                del place[node]
                done.add(node)
            elif following in place:
                found.append(path[place[following] :])
            else:
                waiting.append((following, iter(edges[following])))
    return found


def _is_question(questionnaire: Questionnaire, link_id: str, item: Item, notes: Notes) -> bool:
    target = questionnaire.by_link.get(link_id)
    if target is None:
        notes.add(
            item.link_id, _("enableWhen names %(question)s, which is no item here") % {"question": link_id or "?"}
        )
        return False
    if not target.type.is_question:
        notes.add(item.link_id, _("enableWhen names %(question)s, which takes no answers") % {"question": link_id})
        return False
    return True
