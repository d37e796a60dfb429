"""HTML to text: what a reader sees first, in bounded time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.text import html, html_to_text, mail_text


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
        '<span style="visibility:collapse">secret</span>',
        '<div style="opacity:.0">secret</div>',
        '<div style="opacity:0%">secret</div>',
        '<div style="filter:alpha(opacity=0)">secret</div>',
        '<div style="opacity:0"><div style="opacity:1">secret</div></div>',
        '<p style="font:0/0 a">secret</p>',
        '<p style="font-size:.5px">secret</p>',
        '<p style="font-size:0.1em">secret</p>',
        '<p style="font-size:1%">secret</p>',
        '<div style="overflow:hidden;height:0">secret</div>',
        '<div style="max-width:0;overflow:hidden">secret</div>',
        '<div style="max-height:1px;overflow:hidden">secret</div>',
        '<div style="position:absolute;left:-9999px">secret</div>',
        '<div style="text-indent:-9999px">secret</div>',
        '<div style="margin-left:-9999px">secret</div>',
        '<div style="transform:scale(0)">secret</div>',
        '<div style="position:absolute;clip:rect(0 0 0 0)">secret</div>',
        '<div style="clip-path:inset(50%)">secret</div>',
        '<div id="preheader">secret</div>',
        '<div style="dis\\play:none">secret</div>',
        '<div style="display:/**/none">secret</div>',
        '<div style="display:&#110;one">secret</div>',
        "<datalist><option>secret</datalist>",
        "<!--[if mso]><p>secret</p><![endif]-->",
    ],
)
def test_what_is_hidden_is_not_text(hidden):
    assert html_to_text(f"{hidden}<p>Seen</p>") == "Seen"


def test_text_in_a_zero_size_cell_that_sets_its_own_size_is_kept():
    assert html_to_text('<td style="font-size:0px"><div style="font-size:14px">Seen</div></td>') == "Seen"


@pytest.mark.parametrize(
    "faint",
    [
        '<div style="color:#fff">secret</div>',
        '<font color="white">secret</font>',
        "<font color=#FEFEFE size=1>secret</font>",
        '<div style="color:rgb(255,255,255);background-color:#fff">secret</div>',
        '<div style="color:hsl(0,0%,100%)">secret</div>',
        '<div style="color:transparent">secret</div>',
        '<div style="color:rgba(0,0,0,0)">secret</div>',
        '<div style="color:#00000000">secret</div>',
        '<div style="-webkit-text-fill-color:transparent">secret</div>',
        '<div style="background-color:#123456"><p style="color:#123456">secret</p></div>',
        '<table bgcolor="#222222"><tr><td><font color="#222222">secret</font></td></tr></table>',
    ],
)
def test_letters_in_the_colour_of_their_background_are_not_text(faint):
    assert html_to_text(f"{faint}<p>Seen</p>") == "Seen"


@pytest.mark.parametrize(
    "page",
    [
        '<table bgcolor="#003366"><tr><td style="color:#ffffff">Seen</td></tr></table>',
        '<div style="background:url(x.png) no-repeat;color:#fff">Seen</div>',
        '<table><tr><td background="x.png" style="color:#fff">Seen</td></tr></table>',
        '<div style="background:linear-gradient(#036,#047);color:#fff">Seen</div>',
        '<div style="color:#fff;background:var(--brand)">Seen</div>',
        '<body bgcolor="#000000" text="#ffffff"><p>Seen</p>',
        '<html style="background:#111"><body><p style="color:#fff">Seen</p>',
        '<style>.dark{background:#111}</style><div class="dark"><p style="color:white">Seen</p></div>',
        '<style>.a .b{background:#111}</style><div class="a"><p class="b" style="color:white">Seen</p></div>',
        '<div style="color:#fff"><a href="#">Seen</a></div>',
        '<div style="color:#fff"><div style="background:#333">Seen</div></div>',
        "<style>@media (prefers-color-scheme:dark){p{color:#fff}}</style><p>Seen</p>",
        '<p style="color:#fff">Seen</p>',  # all the mail says: then the page was misread
    ],
)
def test_light_letters_on_something_dark_or_untold_are_kept(page):
    assert html_to_text(page) == "Seen"


@pytest.mark.parametrize(
    "page",
    [
        '<div style="visibility:hidden"><p style="visibility:visible">Seen</p></div>',
        '<table><tr><td style="font-size:0"><p style="font:14px/20px Arial">Seen</p></td></tr></table>',
        '<p style="font-size:1em">Seen</p>',
        '<p style="font-size:0.8rem">Seen</p>',
        '<p style="font-size:100%">Seen</p>',
        '<p style="opacity:0.9">Seen</p>',
        '<p style="text-indent:-18pt">Seen</p>',
        '<p style="left:-9999px">Seen</p>',
        '<p style="height:0">Seen</p>',
        "<style>@media only screen and (max-width:600px){p{display:none}}</style><p>Seen</p>",
        "<style>p{display:none</style><div>Seen</div>",
    ],
)
def test_what_only_looks_like_hiding_is_kept(page):
    assert html_to_text(page) == "Seen"


@pytest.mark.parametrize(
    "rule", [".x{display:none}", "#y{font-size:0}", "p.x , .z{ display : none !important }", "p.x{color:#fff}"]
)
def test_a_style_sheet_hides_too(rule):
    assert html_to_text(f'<style>{rule}</style><p class="w x" id="y">secret</p><p>Seen</p>') == "Seen"


def test_an_answer_between_the_quoted_parts_of_a_gmail_reply_is_kept():
    quote = '<blockquote class="gmail_quote">old</blockquote>'
    page = (
        f'<div class="gmail_quote"><div class="gmail_attr">On Monday Jo wrote:</div>{quote}<div>New.</div>{quote}</div>'
    )
    assert html_to_text(page) == "New."


@pytest.mark.parametrize("top", ["", "FYI", "Get <a href='#'>Outlook for iOS</a>"])
def test_an_outlook_forward_with_nothing_of_its_own_is_kept_for_the_text_step(top):
    header = '<div id="divRplyFwdMsg"><b>From:</b> Jo<br><b>Sent:</b> today<br><b>Subject:</b> x</div>'
    assert "Inner words" in html_to_text(f"<div>{top}</div><hr>{header}<div>Inner words</div>")


@pytest.mark.parametrize(
    "page",
    [
        "<p>unf<b></b>ortu<!-- x -->nate<span>ly</span></p>",
        "<p>unf&shy;ortu&#8203;nate&zwj;ly</p>",
        "<p>&rlm;unfortunate&lrm;ly&#x202E;&#x2066;</p>",
        "<p>un<wbr>fortun<font color=red>ate</font>ly",
        "<p>&#117;nfortunatel&#x79;</p>",
    ],
)
def test_a_word_that_is_cut_up_is_whole_again(page):
    assert mail_text("", "", None, page).body == "unfortunately"


@pytest.mark.parametrize(
    "quote",
    [
        '<div class="gmail_quote"><div class="gmail_attr">On Monday Jo wrote:</div><blockquote>old</blockquote></div>',
        '<blockquote type="cite">old</blockquote>',
        '<div class="yahoo_quoted">old</div>',
        '<div id="divRplyFwdMsg">From: Jo</div><div>old</div>',
        '<div id="appendonsend"></div><hr><div>old</div>',
        '<div id="x_divRplyFwdMsg">From: Jo</div><div>old</div>',
        '<div class="protonmail_quote">old</div>',
        '<div id="mail-editor-reference-message-container">old</div>',
        '<div class="moz-cite-prefix">On Monday Jo wrote:</div><blockquote type="cite" cite="mid:1">old</blockquote>',
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


@pytest.mark.parametrize(
    "opening", ["<div>", "<li><ul>", "<b><p>", "<table><tr><td>", "<", "<!--", "<a x=1 ", "<style>", "<p style='a:b;"]
)
def test_hostile_nesting_ends(opening):
    assert isinstance(html_to_text(opening * 300_000), str)


def test_a_tag_with_too_many_attributes_is_cut_before_it_is_parsed():
    tag = "<p " + " ".join(f'a{number}="{number}>"' for number in range(100_000))
    assert len(html._WHOLE_TAG.sub(html._shortened, f"{tag}>Seen</p>")) < html.MAX_TAG + 20
    assert html_to_text(f"{tag}>Seen</p>") == "Seen"


@pytest.mark.parametrize("shift", range(8))
@pytest.mark.parametrize("attribute", ['a="x" ', "a='x' ", "a=x ", 'a = "= " '])
def test_a_tag_cut_anywhere_does_not_swallow_the_text(attribute, shift):
    page = f'<p {"b" * shift} {attribute * 2000}>Seen</p><p class="a">too</p>'
    assert html_to_text(page) == "Seen\n\ntoo"


def test_a_mail_of_many_outlook_marks_is_read_once():
    assert html_to_text('FYI<div id="appendonsend"></div>' * 30_000).startswith("FYI")


def test_very_deep_text_is_still_found():
    assert "deep" in html_to_text("<div>" * 5000 + "deep" + "</div>" * 5000)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/=\"'abdivp styledisplay:none;&#x0\ud800\0\n é"), max_size=400))
def test_no_markup_makes_it_raise(markup):
    assert isinstance(html_to_text(markup), str)


def test_an_empty_mail_is_empty():
    assert html_to_text("") == "" == html_to_text("<html></html>")
