"""HTML to text: what a reader sees first, in bounded time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.text import html_to_text


def test_blocks_end_lines_and_entities_are_decoded():
    assert html_to_text("<p>Dear Ana,</p><p>Tea &amp; cake<br>at four</p>") == "Dear Ana,\n\nTea & cake\nat four"


def test_head_style_and_script_are_left_out():
    page = "<html><head><title>t</title><style>p{}</style></head><body><script>x()</script><p>Hello</p></body></html>"
    assert html_to_text(page) == "Hello"


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">secret</div>',
        '<div style="display: none !important">secret</div>',
        '<span style="visibility:hidden">secret</span>',
        '<div style="max-height:0; overflow:hidden">secret</div>',
        '<div style="mso-hide:all">secret</div>',
        '<div style="opacity:0">secret</div>',
        '<p style="font-size:0px">secret</p>',
        "<p hidden>secret</p>",
        '<div class="preheader">secret</div>',
        "<!-- secret -->",
    ],
)
def test_what_is_hidden_is_not_text(hidden):
    assert html_to_text(f"{hidden}<p>Seen</p>") == "Seen"


def test_text_in_a_zero_size_cell_that_sets_its_own_size_is_kept():
    assert html_to_text('<td style="font-size:0px"><div style="font-size:14px">Seen</div></td>') == "Seen"


@pytest.mark.parametrize(
    "quote",
    [
        '<div class="gmail_quote"><div class="gmail_attr">On Monday Jo wrote:</div><blockquote>old</blockquote></div>',
        '<blockquote type="cite">old</blockquote>',
        '<div class="yahoo_quoted">old</div>',
        '<div id="divRplyFwdMsg">From: Jo</div><div>old</div>',
        '<div id="appendonsend"></div><hr><div>old</div>',
    ],
)
def test_quoted_history_is_cut(quote):
    assert html_to_text(f"<div>New words.</div>{quote}") == "New words."


def test_a_mail_that_is_only_a_quote_keeps_it():
    assert html_to_text('<blockquote type="cite">The only text</blockquote>') == "The only text"


def test_a_gmail_forward_is_kept_for_the_text_step():
    page = '<div class="gmail_quote">---------- Forwarded message ---------<br>From: Jo<br><br>Inner text</div>'
    assert "Inner text" in html_to_text(page)


def test_an_ordinary_blockquote_is_kept():
    assert html_to_text("<p>He said</p><blockquote>come in</blockquote>") == "He said\n\ncome in"


def test_zero_width_characters_vanish():
    assert html_to_text("<p>un\u200bfor\u00adtun\ufeffately</p>") == "unfortunately"


def test_the_answer_is_at_most_64_k_characters():
    assert len(html_to_text("<p>word</p>" * 100_000)) <= 64 * 1024


@pytest.mark.parametrize("opening", ["<div>", "<li><ul>", "<b><p>", "<table><tr><td>", "<", "<!--", "<a x=1 "])
def test_hostile_nesting_ends(opening):
    assert isinstance(html_to_text(opening * 300_000), str)


def test_very_deep_text_is_still_found():
    assert "deep" in html_to_text("<div>" * 5000 + "deep" + "</div>" * 5000)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/=\"'abdivp styledisplay:none;&#x0\ud800\0\n é"), max_size=400))
def test_no_markup_makes_it_raise(markup):
    assert isinstance(html_to_text(markup), str)


def test_an_empty_mail_is_empty():
    assert html_to_text("") == "" == html_to_text("<html></html>")
