// Builds static_byg/ from the npm package dkfds and our own static/css. Run: npm run byg
// One stylesheet (app.css; the public pages have a light one of their own), one icon sheet, the fonts and the PDF stylesheet; nothing of it is committed.
import { compile, compileString } from 'sass';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dkfds = join(root, 'node_modules/dkfds/dist');
const out = join(root, 'static_byg');

// The order is part of the design: tokens first, print last.
const OUR_CSS = ['tokens', 'base', 'frame', 'buttons', 'forms', 'cards', 'tables', 'status', 'timeline', 'board', 'front', 'afdelinger', 'oensker', 'ansoegere', 'fordeling', 'evaluering', 'kalender', 'udlaeg', 'skole', 'print'];

const FACES = [['Regular', 400, 'normal'], ['Italic', 400, 'italic'], ['Medium', 500, 'normal'], ['SemiBold', 600, 'normal'], ['Bold', 700, 'normal']];
// Two parts, so a page only fetches Latin2 when a name has a letter from it (ł, ş, č …).
const PARTS = {
  Latin1: 'U+0000-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2013-2014,U+2018-201A,U+201C-201E,U+2020-2022,U+2026,U+2030,U+2039-203A,U+2044,U+20AC,U+2122,U+2212',
  Latin2: 'U+0100-0130,U+0132-0151,U+0154-017F,U+018F,U+0192,U+01A0-01A1,U+01AF-01B0,U+01E6-01E7,U+01FA-01FF,U+0218-021B,U+1E80-1E85,U+1EF2-1EF3',
};

function designSystem() {
  const options = { loadPaths: [join(root, 'node_modules')], style: 'compressed', quietDeps: true };
  const css = compile(join(root, 'frontend/fds.scss'), options).css.replace(/^\uFEFF|@charset "UTF-8";/g, '');
  for (const [, file] of css.matchAll(/url\("ikoner\/([\w-]+\.svg)"\)/g)) cpSync(join(dkfds, 'img/svg-icons', file), join(out, 'fds/ikoner', file));
  return withoutUnused(css).replaceAll('url("ikoner/', 'url("fds/ikoner/');
}

// Parts that no page of ours has. Every page would carry them, and the first one may weigh 45 kB.
const UNUSED = `accordion accordion-bordered bold-link bordered-list button-group button-icon-only button-warning character-limit
  date-group date-picker displayheading-1 displayheading-2 facit field-group-title font-lead form-input-prefix form-input-suffix
  form-input-wrapper form-input-wrapper--prefix form-input-wrapper--suffix form-limit form-limit-error form-success function-link
  icon-link inline-list input-char-4 input-char-8 input-char-11 input-char-27 input-width-l input-width-m input-width-s
  input-width-xl input-width-xs input-width-xxs lowercase nobullet-list overflow-list sidenav-list step-indicator subheading
  tab-list tabnav text-negative text-positive tooltip-wrapper unstyled-list uppercase weight-normal weight-semibold`;

function withoutUnused(css) {
  const unused = new RegExp(`\\.(${UNUSED.split(/\s+/).join('|')})(?![\\w-])`);
  const isUnused = (selector) => unused.test(selector.replace(/:not\([^)]*\)/g, ''));
  return css.replace(/([^{}]+)\{[^{}]*\}/g, (rule, selectors) => (selectors.split(',').every(isUnused) ? '' : rule));
}

function fontFaces(faces = FACES) {
  let css = '';
  for (const [name, weight, style] of faces) {
    for (const [part, range] of Object.entries(PARTS)) {
      const file = `IBMPlexSans-${name}-${part}.woff2`;
      cpSync(join(dkfds, 'fonts/IBMPlexSans/split/woff2', file), join(out, 'fds/skrift', file));
      css += `@font-face{font-family:"IBM Plex Sans";font-style:${style};font-weight:${weight};font-display:swap;src:url(fds/skrift/${file}) format("woff2");unicode-range:${range}}`;
    }
  }
  return css;
}

// The public pages carry their own small stylesheet: two weights, no design system.
const PUBLIC_CSS = ['tokens', 'offentlig'];
// The applicant's own pages add theirs to app.css, so that no other page pays for it.
const APPLICANT_CSS = ['ansoegning'];

function styles(names) {
  const source = names.map((name) => readFileSync(join(root, `static/css/${name}.css`), 'utf8')).join('\n');
  return compileString(source, { syntax: 'css', style: 'compressed', charset: false }).css;
}

function ourCss() {
  return styles(OUR_CSS) + compile(join(root, 'frontend/kolonner.scss'), { style: 'compressed' }).css;
}

// Used as <svg class="ikon"><use href="{% static 'fds/ikoner.svg' %}#check"></use></svg>
function iconSheet() {
  const names = readFileSync(join(root, 'frontend/ikoner.txt'), 'utf8').split(/\s+/).filter(Boolean);
  const symbols = names.map((name) => {
    const svg = readFileSync(join(dkfds, `img/svg-icons/${name}.svg`), 'utf8');
    const [, viewBox] = /viewBox="([^"]+)"/.exec(svg);
    return `<symbol id="${name}" viewBox="${viewBox}">${svg.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, '')}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

// WeasyPrint knows no unicode-range, so the PDF gets whole fonts.
function pdfCss() {
  let faces = '';
  for (const [name, weight, style] of FACES) {
    const file = `IBMPlexSans-${name}.woff2`;
    cpSync(join(dkfds, 'fonts/IBMPlexSans/complete/woff2', file), join(out, 'fds/skrift', file));
    faces += `@font-face { font-family: "IBM Plex Sans"; font-style: ${style}; font-weight: ${weight}; src: url(fds/skrift/${file}) }\n`;
  }
  return faces + readFileSync(join(root, 'static/css/pdf.css'), 'utf8');
}

rmSync(out, { recursive: true, force: true });
for (const folder of ['fds/ikoner', 'fds/skrift']) mkdirSync(join(out, folder), { recursive: true });
// The design system lies in a cascade layer, so our own rules always win without !important.
writeFileSync(join(out, 'app.css'), `${fontFaces()}@layer fds{${designSystem()}}${ourCss()}\n`);
writeFileSync(join(out, 'offentlig.css'), `${fontFaces(FACES.filter(([name]) => ['Regular', 'SemiBold'].includes(name)))}${styles(PUBLIC_CSS)}\n`);
writeFileSync(join(out, 'ansoegning.css'), `${styles(APPLICANT_CSS)}\n`);
writeFileSync(join(out, 'pdf.css'), pdfCss());
writeFileSync(join(out, 'fds/ikoner.svg'), iconSheet());
cpSync(join(root, 'node_modules/dkfds/LICENSE.md'), join(out, 'fds/LICENSE-dkfds.md'));
console.log(`static_byg: ${readdirSync(join(out, 'fds/skrift')).length} fonts, app.css, ansoegning.css, offentlig.css, pdf.css, fds/ikoner.svg`);
