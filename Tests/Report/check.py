"""Looks at pages of entraid report in a browser, and prints TAP.

    check.py FOLDER AXE

FOLDER has the pages, and gets pictures of them. AXE is axe.min.js, of Deque's axe-core. Each page
is shown as wide as a phone and as wide as a desk, in light and in dark, with all that can be opened
open, and is printed once.
"""

import pathlib
import re
import sys

from browser import Browser

WIDTHS = {"phone": 390, "desk": 1280}
SCHEMES = ("light", "dark")

OPEN = "for (const part of document.querySelectorAll('details')) part.open = true"

# How far the page reaches beyond the right edge of a window of this width, and what does. A phone
# widens the window to what is in it, so that the window itself does not tell.
BEYOND = """
const width = arguments[0]
const found = [...document.querySelectorAll('body *')].filter(
  element => element.getClientRects().length
    && element.getBoundingClientRect().right > width + 0.5
    && getComputedStyle(element).clipPath === 'none' && !element.closest('thead'))
return [document.documentElement.scrollWidth - width,
  found.map(element => element.outerHTML.slice(0, 100))]
"""

# Labels of a chart that are too small to read, or over each other.
LABELS = """
const found = []
for (const graph of document.querySelectorAll('svg.graph')) {
  const labels = [...graph.querySelectorAll('text')].map(
    label => [label.textContent, label.getBoundingClientRect(), getComputedStyle(label).fontSize])
  labels.forEach(([text, box, size], index) => {
    if (parseFloat(size) < 11) found.push(text + ' has ' + size)
    for (const [other, over] of labels.slice(index + 1))
      if (box.left < over.right && over.left < box.right
          && box.top + 3 < over.bottom && over.top + 3 < box.bottom)
        found.push(text + ' is over ' + other)
  })
}
return found
"""

# What cannot be reached by the keyboard although it can be clicked.
UNREACHED = """
return [...document.querySelectorAll('summary, a')].filter(element => {
  element.focus()
  return document.activeElement !== element
}).map(element => element.outerHTML)
"""

# What axe-core finds. Of the text of a picture it cannot tell the background.
AXE = """
return axe.run(document, { resultTypes: ['violations', 'incomplete'] }).then(found => {
  const unsure = found.incomplete.filter(rule => rule.id === 'color-contrast')
  for (const rule of unsure) rule.nodes = rule.nodes.filter(node => !/^<text/.test(node.html))
  return [...found.violations, ...unsure].filter(rule => rule.nodes.length).map(
    rule => [rule.id, rule.help, ...rule.nodes.slice(0, 3).map(node => node.html.slice(0, 120)
      + [...node.any, ...node.all, ...node.none].map(each => ' ' + each.message))].join(': '))
})
"""

# Parts of a chart that cannot be told from the background: text needs a contrast of 4.5 to it, and
# everything else that has a meaning 3.
PALE = """
const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
  .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0)
const paper = light(getComputedStyle(document.body).backgroundColor)
const found = []
const parts = '.graph text, path, rect, circle, .zero'
for (const part of document.querySelectorAll(parts)) {
  const style = getComputedStyle(part)
  const colours = [style.fill, style.stroke].filter(colour => colour.startsWith('rgb'))
  const contrast = Math.max(...colours.map(light).map(
    ink => (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)))
  if (contrast < (part.tagName === 'text' ? 4.5 : 3))
    found.push(part.outerHTML.slice(0, 80) + ' has a contrast of ' + contrast)
}
return found
"""

count = failures = 0


def check(name, found, expected):
    """Prints whether what was found is what was expected."""
    global count, failures
    count += 1
    if found == expected:
        print(f"ok {count} - {name}", flush=True)
    else:
        failures += 1
        print(f"not ok {count} - {name}", flush=True)
        print(f"#   {name}\n#     expected: {expected}\n#     found:    {found}", file=sys.stderr)


def look(browser, page, axe):
    """Checks one page in all widths and schemes, and on paper."""
    name = page.stem
    for place, width in WIDTHS.items():
        for scheme in SCHEMES:
            what = f"{name}, {place}, {scheme}"
            browser.open(page, width, scheme)
            browser.screenshot(page.with_name(f"{name}-{place}-{scheme}.png"))
            browser.run(OPEN)
            check(f"{what}: nothing reaches beyond the edge", browser.run(BEYOND, width),
                  [0, []])
            check(f"{what}: the labels of charts can be read", browser.run(LABELS), [])
            check(f"{what}: nothing in a chart is pale", browser.run(PALE), [])
            browser.run(axe)
            check(f"{what}: axe finds nothing", browser.run(AXE), [])
    check(f"{name}: the keyboard reaches everything", browser.run(UNREACHED), [])
    check(f"{name}: no script has run", "run" == browser.run("return document.title"), False)
    paper = page.with_suffix(".pdf")
    browser.paper(paper)
    pages = len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes()))
    check(f"{name}: it can be printed", 0 < pages < 30, True)
    check(f"{name}: the browser complains of nothing", browser.complaints(), [])
    asked = {address for address in browser.requests() if address.startswith("http")}
    check(f"{name}: nothing is loaded", asked, set())


def see_faults(browser, page, axe):
    """Checks that what is looked for would be found."""
    markup = page.read_text("utf-8")
    broken = page.with_name("broken.html")
    style = "<p style='width:150vw'>wide</p>"
    broken.write_text(markup.replace("</h1>", "</h1><script>document.title = 'run'</script>"
                                     "<img src=https://example.invalid/x.png>" + style)
                      .replace(' lang="en"', ""), "utf-8")
    browser.open(broken, 390, "light")
    check("a page without a language is noticed",
          any(rule.startswith("html-has-lang") for rule in (browser.run(axe), browser.run(AXE))[1]),
          True)
    complaints = " ".join(browser.complaints())
    check("the policy stops a script", "script-src" in complaints and "inline" in complaints, True)
    check("the policy stops a picture", "example.invalid" in complaints, True)
    check("the policy stops a style", "style-src" in complaints, True)
    check("a script that was stopped has not run", browser.run("return document.title") == "run",
          False)
    browser.run("document.querySelector('h1').style.width = '150vw'")
    check("what reaches beyond the edge is noticed", len(browser.run(BEYOND, 390)[1]) > 0, True)
    browser.run("document.querySelector('h1').style.color = '#bbb'")
    check("a contrast that is too low is noticed",
          any(rule.startswith("color-contrast") for rule in browser.run(AXE)), True)
    browser.run("for (const text of document.querySelectorAll('text')) text.style.fill = '#aaa'")
    check("a chart that is too pale is noticed", len(browser.run(PALE)) > 0, True)
    broken.unlink()


def main():
    folder, axe = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text("utf-8")
    with Browser() as browser:
        pages = sorted(folder.glob("*.html"))
        check("there are pages", len(pages) > 5, True)
        for page in pages:
            look(browser, page, axe)
        see_faults(browser, folder / "year.html", axe)
    print(f"1..{count}")
    sys.exit(1 if failures else 0)


main()
