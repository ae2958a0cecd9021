// The anchor for the first frame: a screen with a list, drawn with bare escape codes and no library.
const rows = Array.from(
  { length: 20 },
  (_, index) => `${index === 3 ? '\u001B[36m❯' : ' '} Choice number ${index} of a plain list\u001B[39m\r\n`,
);
process.stdin.setRawMode?.(true);
process.stdin.on('data', () => {
  process.stdout.write('\u001B[?25h\u001B[?1049l');
  process.exit();
});
process.stdout.write(`\u001B[?1049h\u001B[?25l\u001B[?2026h${rows.join('')}\u001B[?2026l`);
