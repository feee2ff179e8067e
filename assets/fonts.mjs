// Cuts the fonts down to the letters of western Europe, to the weights that the
// styles use and to the features that they switch on. Usage: node fonts.mjs <directory to write to>
import { readFileSync, writeFileSync } from "node:fs";
import subset from "subset-font";

const range = (from, to) => String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
const letters = range(0x20, 0x7e) + "ÀÁÂÃÄÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜàáâãäçèéêëìíîïñòóôõöùúûüÿßŒœŸ\u00a0\u202f«»–—‘’‚“”„•…€£§©®°²³½×±·−→←";
const features = ["kern", "tnum"];

const fonts = {
  "inter.woff2": ["inter/files/inter-latin-wght-normal.woff2", { wght: { min: 400, max: 600 } }],
  "fraunces.woff2": ["fraunces/files/fraunces-latin-soft-normal.woff2", { wght: 420, SOFT: 50 }],
  "newsreader.woff2": ["newsreader/files/newsreader-latin-wght-normal.woff2", { wght: 500 }],
  "bricolage.woff2": ["bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2", { wght: 700 }],
  "grotesk.woff2": ["space-grotesk/files/space-grotesk-latin-wght-normal.woff2", { wght: 600 }],
  "bodoni.woff2": ["bodoni-moda/files/bodoni-moda-latin-standard-normal.woff2", { wght: 440, opsz: 28 }],
  "oswald.woff2": ["oswald/files/oswald-latin-wght-normal.woff2", { wght: 600 }],
  "jetbrains.woff2": ["jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2", { wght: { min: 400, max: 700 } }],
};

const cut = async (name, file, axes, text, keepFeatures) => {
  const source = readFileSync(new URL(`node_modules/@fontsource-variable/${file}`, import.meta.url));
  writeFileSync(`${process.argv[2]}/${name}`, await subset(source, text, { targetFormat: "woff2", variationAxes: axes, keepFeatures }));
};

for (const [name, [file, axes]] of Object.entries(fonts)) {
  await cut(name, file, axes, letters, features);
  if (name !== "inter.woff2") await cut(name.replace(".", "-aa."), file, axes, "Aa", []); // where themes are chosen
}
