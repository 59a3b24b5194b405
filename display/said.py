"""The clips and texts of whatever the voice says: a call, an announcement, a notice of the hall's hours.

Calls and notices are put together from clips in the languages of the voice. An announcement is free text, in those of
the hall's languages that it was written in; one without any of them is said in Chinese.
"""

from display.phrases import call_clips, notice_clips
from display.voice import Clip, FreeText, VoiceRules
from ticketserver.wire.views_board import AnnouncementView, CallView


def clips_of(saying: CallView | AnnouncementView | str, rules: VoiceRules) -> tuple[Clip, ...]:
    """One reading, without chime."""
    if isinstance(saying, CallView):
        return call_clips(saying, rules.how)
    if isinstance(saying, str):
        return notice_clips(saying, rules.how)
    words = {"zh": saying.text_zh, "en": saying.text_en}
    said = tuple(FreeText(each, words[each]) for each in rules.languages if words[each])
    return said or (FreeText("zh", saying.text_zh),)
