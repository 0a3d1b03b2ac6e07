"""The digest as a mail: its headers, its words, its buttons, and the same bytes every time."""

import email
import email.policy
import re
from email.message import EmailMessage
from functools import cache

import pytest

from echeancier.adapters.mail.digest import TemplateDigestWriter
from echeancier.adapters.mail.digest_view import LINKED, MOST_WORDS, SUBJECT_ROOM, subject_of
from echeancier.adapters.mail.links import MailLinks
from echeancier.adapters.mail.mime import to_bytes
from echeancier.adapters.settings.digest import DigestSettings
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.day_mail import DayMail, day_mail_id
from echeancier.domain.messages.digest import About, Deeds, DeskForm, Digest, DigestLine, MailYield, Robot, SectionName
from echeancier.domain.messages.mail import Language, Mailbox
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.model import Text
from echeancier.domain.overview.digest import digests
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.running.health import MailboxHealth as Answers
from echeancier.domain.running.trouble import Trouble
from echeancier.domain.standing.people import Recipient
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.adapters.orders import line, order
from tests.adapters.test_mail_links import Keys
from tests.adapters.test_rendering import RENDERER
from tests.desk.fakes import example
from tests.domain import builders as b

DESK = "https://bureau.ville.example"
SENDER = Mailbox(name="Agenda", address="agenda@ville.example")
WRITER = TemplateDigestWriter(SENDER, "ville.example")
AT_THE_DESK = TemplateDigestWriter(SENDER, "ville.example", DESK)
TROUBLED = Robot(
    unreadable=("IDA-O",), refused=1,
    stuck=(Trouble(cause="plan", reference="MTZ-P"),),
    mailbox=Answers(state="unread", read_at=b.at("2023-09-03", 22), left=2),
)  # fmt: skip
ALL = ("sqf-p", "sqf-o", "mtz-p", "mtz-o", "mtz-a", "mtz-f", "bri-p", "bri-o", "ida-o", "tcm-p", "tcm-d")


@cache
def example_digests(day: str) -> tuple[Digest, ...]:
    contexts = [Context(example(name), b.at(day, 8), DEFAULT_POLICY) for name in ALL]
    return digests(contexts, b.at(day, 8), DigestHours(), TROUBLED, ["accueil@ville.example"], whenever=True)


def digest(language: Language = "fr", **changes: object) -> Digest:
    one = next(one for one in example_digests("2023-09-04") if one.address == "accueil@ville.example")
    return one.model_copy(update={"language": language, **changes})


def about(reference: str = "TEST-1", item: str = "report/2023") -> About:
    told = line(item=item, kind="report", stage="reminder", ours=True, settled_by="done", acts=("done", "problem"))
    return About(reference=reference, item=item, role="coordinator", line=told)


def thing(what: str = "Bilan annuel", *of: About, **changes: object) -> DigestLine:
    values: dict[str, object] = {"of": of or (about(),), "what": Text(fr=what, en=what), "day": b.d("2023-09-08")}
    return DigestLine.model_validate(values | changes)


def telling(**sections: tuple[DigestLine, ...]) -> Digest:
    return digest(sections=sections, cut={}, references=("TEST-1", "TEST-2"), robot=None, yields=())


def flat(text: str) -> str:
    return " ".join(text.split())


def parsed(one: Digest) -> EmailMessage:
    return email.message_from_bytes(to_bytes(WRITER.mail(one)), policy=email.policy.default)


# -- its headers ------------------------------------------------------------------------------------------------------


def test_it_says_that_a_program_wrote_it_and_to_whom() -> None:
    mail = parsed(digest())
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["To"] == "Boîte de service <accueil@ville.example>"
    assert mail["From"] == "Agenda <agenda@ville.example>"
    assert mail["Content-Language"] == "fr"
    assert mail["In-Reply-To"] is None
    assert mail["Reply-To"] is None
    assert mail["Date"].datetime == b.at("2023-09-04", 8)


def test_whoever_follows_nothing_answers_to_the_coordinator() -> None:
    mail = parsed(digest(ask=("Coordination", "coordination@ville.example")))
    assert "coordination@ville.example" in mail["Reply-To"]


def test_its_identity_is_that_of_the_week_and_the_person() -> None:
    one = digest()
    again = one.model_copy(update={"robot": None, "sections": {}})
    other = one.model_copy(update={"address": "autre@ville.example"})
    next_week = one.model_copy(update={"week": "2023-W37"})
    ids = [parsed(each)["Message-ID"] for each in (one, again, other, next_week)]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert "accueil" not in ids[0]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_same_digest_gives_the_same_bytes(language: Language) -> None:
    assert to_bytes(WRITER.mail(digest(language))) == to_bytes(WRITER.mail(digest(language)))


# -- its subject ------------------------------------------------------------------------------------------------------


def test_the_subject_counts_what_matters_most() -> None:
    late = tuple(thing(f"Retard {n}", about(item=f"a/{n}")) for n in range(2))
    week = tuple(thing(f"À faire {n}", about(item=f"b/{n}")) for n in range(3))
    one = telling(late=late, week=week, decide=(thing("Décider", about(item="c")),), ahead=(thing("Plus tard"),))
    subject = flat(WRITER.mail(one).subject)
    assert subject == "Votre semaine : 2 retards, 3 choses à faire, 1 décision"
    english = one.model_copy(update={"language": "en"})
    assert flat(WRITER.mail(english).subject) == "Your week: 2 late, 3 things to do, 1 decision"


def test_the_subject_names_the_only_thing_there_is() -> None:
    subject = flat(WRITER.mail(telling(week=(thing(),))).subject)
    assert subject == "Votre semaine : Bilan annuel, au plus tard le vendredi 8 septembre"
    long = telling(week=(thing("Bilan annuel de tout ce qui fut fait pour l’emploi des jeunes"),))
    assert flat(WRITER.mail(long).subject) == "Votre semaine : 1 chose à faire"
    without_weekday = telling(week=(thing("Bilan annuel des actions menées"),))
    assert flat(WRITER.mail(without_weekday).subject).endswith("Bilan annuel des actions menées, pour le 8 septembre")


def test_a_subject_that_counts_too_much_says_the_first_of_it() -> None:
    many = {
        name: tuple(thing(f"{name} {n}", about(item=f"{name}/{n}")) for n in range(12))
        for name in ("late", "week", "decide")
    }
    beside = [order("question"), order("news"), order("closed", reference="REFERENCE-" * 6)]
    for parts in (beside, beside[1:2], beside[2:], [*beside, order("letter")]):
        for language in ("fr", "en"):
            one = telling(**many).model_copy(update={"language": language})
            assert flat(subject_of(one, parts)).startswith(
                "Votre semaine : 12 retards" if language == "fr" else "Your week: 12 late"
            )
            for digest_ in (one, telling().model_copy(update={"language": language})):
                assert len(subject_of(digest_, parts)) <= SUBJECT_ROOM


def test_a_month_is_called_by_its_name() -> None:
    one = telling(know=(thing(),)).model_copy(update={"every": "monthly", "on": b.d("2023-10-02")})
    assert flat(WRITER.mail(one).subject) == "Votre mois d’octobre : 1 échéance à connaître"


@pytest.mark.parametrize("day", ["2021-10-04", "2022-12-05", "2023-01-09", "2023-06-01", "2023-09-04", "2023-12-18"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_of_the_examples_every_subject_is_whole_and_every_line_is_short(day: str, language: Language) -> None:
    for one in example_digests(day):
        if not one.sections:
            continue
        mail = AT_THE_DESK.mail(one.model_copy(update={"language": language, "robot": None}))
        assert len(mail.subject) <= SUBJECT_ROOM
        assert "…" not in mail.subject
        lines = _lines(mail.html)
        assert lines
        for words in lines:
            if "–" not in words:  # the titles of conventions, at the foot, are those of the paper
                assert len(words.replace(" :", "").split()) <= MOST_WORDS, words


def _lines(html: str) -> list[str]:
    """The lines of a page without their links: its lists, and its paragraphs that are neither small print nor buttons."""
    found = re.findall(r"<(?:li|p)(?! class=.small)[^>]*>(.*?)</(?:li|p)>", html, re.DOTALL)
    bare = (re.sub(r"\s*–\s*<a .*?</a>", "", words) for words in found if "min-height:44px" not in words)
    return [re.sub(r"<[^>]+>", "", words).replace("\u00a0", " ") for words in bare]


# -- its lines --------------------------------------------------------------------------------------------------------


def test_each_line_leads_to_its_form_at_the_desk_and_to_nothing_without_one() -> None:
    one = telling(week=(thing(),))
    assert f"{DESK}/conventions/TEST-1/enregistrer/done?item=report%2F2023" in AT_THE_DESK.mail(one).html
    assert "bureau" not in WRITER.mail(one).text


def test_a_letter_leads_to_its_page() -> None:
    form = DeskForm(says="letter", kind="renewal", given=(("about", "renewal/2023"),))
    one = telling(ahead=(thing("Lettre", About(reference="TEST-1", item="letter/renewal", form=form)),))
    assert f"{DESK}/conventions/TEST-1/lettres/renewal?about=renewal%2F2023" in AT_THE_DESK.mail(one).html


def test_a_question_and_an_address_lead_to_their_forms() -> None:
    asks = DeskForm(says="answer", kind="question-answered", given=(("question", "q"),))
    address = DeskForm(says="address", kind="role-changed", given=(("role", "partner"),))
    one = telling(
        questions=(thing("Quel jour ?", About(reference="TEST-1", item="question/q", form=asks)),),
        mails=(thing("Partenaire", About(reference="TEST-1", item="address/x", form=address)),),
    )
    html = AT_THE_DESK.mail(one).html
    assert f"{DESK}/conventions/TEST-1/enregistrer/question-answered?question=q" in html
    assert f"{DESK}/conventions/TEST-1/enregistrer/role-changed?role=partner" in html


def test_without_a_desk_what_a_reader_may_say_by_a_link_has_its_button() -> None:
    writer = TemplateDigestWriter(SENDER, "ville.example", links=MailLinks("https://reponses.ville.example", Keys()))
    html = writer.mail(telling(week=(thing(),))).html
    assert html.count("https://reponses.ville.example/r/") == 2
    nobody = about().model_copy(update={"role": ""})
    assert "/r/" not in writer.mail(telling(week=(thing("Bilan", nobody),))).html
    assert "/r/" not in AT_THE_DESK.mail(telling(week=(thing(),))).html


def test_several_conventions_are_counted_and_have_a_button_each() -> None:
    of = tuple(about(f"TEST-{n}") for n in range(1, 31))
    mail = AT_THE_DESK.mail(telling(decide=(thing("Décider de la suite", *of),)))
    assert "Décider de la suite, 30 conventions" in flat(mail.text)
    assert mail.html.count("/enregistrer/done?") == LINKED
    assert "Les autres" in mail.text


def test_a_reader_of_one_convention_is_not_told_its_reference_on_each_line() -> None:
    one = telling(week=(thing(),))
    assert "Bilan annuel, TEST-1" in WRITER.mail(one).text
    assert "TEST-1" not in WRITER.mail(one.model_copy(update={"references": ("TEST-1",)})).text


def test_what_must_be_done_at_once_is_not_given_a_day_that_is_far() -> None:
    now = thing(day=None, then=Text(fr="permis jusqu’au 31 décembre", en="allowed until 31 December"))
    assert "Dès maintenant : Bilan annuel, TEST-1, permis jusqu’au 31 décembre" in flat(
        WRITER.mail(telling(week=(now,))).text
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_text_says_every_word_of_the_page(language: Language) -> None:
    mail = WRITER.mail(digest(language))
    text = flat(mail.text)
    for words in _lines(mail.html):
        plain = words.replace("&#39;", "'").replace("&amp;", "&").replace("&#34;", '"')
        assert flat(plain) in text
    assert all(len(line) <= 76 or "://" in line for line in mail.text.splitlines())


def test_both_languages_say_the_same_sections() -> None:
    french, english = (WRITER.mail(digest(one)).html for one in ("fr", "en"))
    assert french.count("<h2") == english.count("<h2")
    assert len(_lines(french)) == len(_lines(english))


def test_a_section_that_is_cut_says_so_and_an_empty_one_is_not_printed() -> None:
    cut: dict[SectionName, int] = {"week": 3}
    text = AT_THE_DESK.mail(telling(week=(thing(),)).model_copy(update={"cut": cut})).text
    assert "Et 3 de plus, sur le bureau" in text
    assert "EN RETARD" not in text


# -- the robot --------------------------------------------------------------------------------------------------------


def test_what_the_robot_could_not_do_is_said() -> None:
    text = flat(WRITER.mail(digest()).text)
    for words in (
        "absents de ce courriel : IDA-O",
        "MTZ-P est bloquée",
        "plus lue depuis le dimanche 3 septembre",
        "qui n’ont pas pu partir : 1",
    ):
        assert words in text


@pytest.mark.parametrize("name", Robot.model_fields)
def test_whatever_a_digest_knows_of_the_robot_is_said(name: str) -> None:
    one = Robot(**{name: getattr(TROUBLED, name)})
    assert WRITER.mail(digest(robot=one)).text != WRITER.mail(digest(robot=Robot())).text


def test_a_robot_without_troubles_is_not_spoken_of() -> None:
    assert "le robot" not in WRITER.mail(digest(robot=Robot())).text


def test_what_the_robot_did_by_itself_is_one_line() -> None:
    text = flat(WRITER.mail(digest(deeds=Deeds(mails=12, invitations=1, closed=("TEST-9",)))).text)
    assert "Depuis le dernier récapitulatif : 12 courriels, 1 invitation, 1 dossier clos (TEST-9)." in text


def test_what_the_mails_lead_to_is_told_with_what_proposes_to_be_softened() -> None:
    few = MailYield(
        kind=Text(fr="Rappels", en="Reminders"), stage=Text(fr="dernier appel", en="last call"), mails=25, followed=3,
        softer=True,
    )  # fmt: skip
    text = flat(AT_THE_DESK.mail(digest(yields=(few,))).text)
    assert "Rappels, dernier appel : 12 % suivis d’effet (3 sur 25) ; à adoucir" in text
    assert f"{DESK}/courriels" in text


# -- beside the mail of the day ---------------------------------------------------------------------------------------


def day_mail(one: Digest, *parts: MessageOrder) -> DayMail:
    to = Recipient(role="coordinator", function=one.function, address=one.address, language=one.language)
    return DayMail(id=day_mail_id(to.address, parts, one), to=to, at=one.at, parts=parts, digest=one)


def test_on_its_morning_it_carries_what_it_does_not_say_itself() -> None:
    writer = TemplateDigestWriter(SENDER, "ville.example", DESK, parts=RENDERER.told_inside)
    one, asked = telling(week=(thing(),)), order("question")
    told = order("reminders", reference="TEST-1", lines=[line(item="report/2023")])
    mail = writer.day_mail(day_mail(one, told, asked))
    text = flat(mail.text)
    assert text.index("Cette semaine") < text.index(flat(asked.questions[0].about.fr)) < text.index("Reçu en tant que")
    assert text.count("Bilan annuel") == 1
    assert flat(mail.subject) == "Votre semaine : 1 chose à faire, 1 question pour vous"
    assert writer.write_day(day_mail(one, told)) == writer.write_day(day_mail(one, told))


@pytest.mark.parametrize(
    ("kinds", "fr", "en"),
    [
        (("question",), "Votre semaine : 1 question pour vous", "Your week: 1 question for you"),
        (("question", "question"), "Votre semaine : 2 questions pour vous", "Your week: 2 questions for you"),
        (("letter",), "Votre semaine : lettre à suivre (SQF-P)", "Your week: letter to follow (SQF-P)"),
        (("reminders",), "Votre semaine : 4 choses à faire", "Your week: 4 things to do"),
        (("closed",), "Votre semaine : dossier clos (SQF-P)", "Your week: file closed (SQF-P)"),
        (("news", "closed"), "Votre semaine : 2 autres messages", "Your week: 2 other messages"),
    ],
)
def test_its_subject_names_what_stands_in_it_beside_the_digest(kinds: tuple[str, ...], fr: str, en: str) -> None:
    parts = [order(kind) for kind in kinds]
    assert flat(subject_of(telling(), parts)) == fr
    assert flat(subject_of(telling().model_copy(update={"language": "en"}), parts)) == en


def test_its_subject_names_the_only_thing_that_stands_beside_it() -> None:
    told = order(
        "reminders", lines=[line(short=Text(fr="Données emploi", en="Employment data"), safe_day=b.d("2023-09-29"))]
    )
    assert (
        flat(subject_of(telling(), [told])) == "Votre semaine : Données emploi, au plus tard le vendredi 29 septembre"
    )
    beside = subject_of(telling(late=(thing(),)), [told])
    assert flat(beside) == "Votre semaine : 1 retard, 1 chose à faire"


def test_what_it_asks_beside_stands_before_what_may_wait_and_before_what_the_robot_did() -> None:
    writer = TemplateDigestWriter(SENDER, "ville.example", DESK, parts=RENDERER.told_inside)
    one = telling(late=(thing(),), ahead=(thing("Plus tard", about(item="later")),))
    one = one.model_copy(update={"deeds": Deeds(mails=3)})
    said = flat(writer.day_mail(day_mail(one, order("closed"), order("question"))).text)
    heads = [
        "Bonjour",
        "En retard",
        "Une question",
        "À prévoir",
        "Dossier clos",
        "Fait par le robot",
        "Reçu en tant que",
    ]
    places = [said.index(head) for head in heads]
    assert places == sorted(places)


def test_a_letter_that_nobody_has_to_post_is_posted_only_if_that_is_decided() -> None:
    letter = line(kind="notice", item="notice/1", ours=True)
    of = About(reference="TEST-1", item="notice/1", role="coordinator", line=letter)
    mail = WRITER.mail(telling(week=(thing("Lettre de résiliation", of),)))
    assert "Lettre de résiliation, si c’est décidé" in flat(mail.text)


def test_who_owes_it_is_not_said_twice() -> None:
    signed = thing("Signature (Pôle emploi)", who=Text(fr="Pôle emploi", en="Pôle emploi"))
    assert flat(WRITER.mail(telling(ahead=(signed,))).text).count("(Pôle emploi)") == 1


def test_a_part_that_nothing_can_put_into_words_is_not_lost_in_silence() -> None:
    with pytest.raises(ValueError, match="en mots"):
        WRITER.day_mail(day_mail(telling(week=(thing(),)), order("news")))


# -- safety and settings ----------------------------------------------------------------------------------------------


def test_words_typed_by_people_forge_no_line_and_no_tag() -> None:
    trap = thing("# Titre | <b>x</b>\n= faux", who=Text(fr="| a | b", en="x"))
    mail = WRITER.mail(telling(late=(trap,), week=(thing("Autre", about(item="z")),)))
    assert "<b>" not in mail.html
    assert "<h1" not in mail.html
    assert "# Titre | <b>x</b> = faux" in flat(mail.text)


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("at", "05:00", "heure de bureau"),
        ("at", "22:00", "heure de bureau"),
        ("day", "sunday", "monday"),
        ("to", "pas une adresse", "adresse de courriel invalide"),
        ("partners", "yearly", "monthly"),
    ],
)
def test_a_setting_that_would_wake_people_or_reach_nobody_is_refused(setting: str, value: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        DigestSettings.model_validate({setting: value})


def test_mailboxes_are_read_from_one_line() -> None:
    given = DigestSettings(to=" accueil@ville.example, Secretariat@Ville.example ,")
    assert given.extra == ("accueil@ville.example", "Secretariat@ville.example")


def test_the_settings_say_how_often() -> None:
    hours = DigestSettings(ours="daily", partners="none", wanted=False).hours
    assert (hours.ours, hours.partners, hours.wanted) == ("daily", "none", False)
