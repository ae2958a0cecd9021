import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { type Complaint, UserError } from '../core/errors.ts';
import { editorOf, editText } from '../io/editor.ts';
import { stateFolder } from '../io/store.ts';
import type { Edited } from '../ui/ui.ts';
import { answersInFile } from './answers-of.ts';
import type { Context } from './context.ts';

const name = 'answers.yaml';

/** Opens answers in a person's editor and reads them as --answers does. */
export async function editAnswersFile(context: Context, text: string): Promise<Edited> {
  const { environment } = context;
  const editor = editorOf(environment, platform());
  if (editor === undefined) return { type: 'none', say: 'No editor is known here. Set VISUAL or EDITOR, such as EDITOR=nano.' };
  try {
    return await editText(text, { name, folder: stateFolder(environment), editor }, (file) => readEdited(context, file));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { type: 'none', say: error.complaints.map(({ what, hint = '' }) => `${what} ${hint}`.trim()).join(' ') };
  }
}

async function readEdited(context: Context, file: string): Promise<Edited> {
  const text = await readFile(file, 'utf8');
  try {
    const { values, complaints } = await answersInFile(context, file);
    return complaints.length === 0 ? { type: 'answers', values } : wrong(complaints, file, text);
  } catch (error) {
    if (error instanceof UserError) return wrong(error.complaints, file, text);
    throw error;
  }
}

/** What is wrong, with the file called by its name alone: its folder is gone by then. */
function wrong(complaints: readonly Complaint[], file: string, text: string): Edited {
  const mend = 'Mend it and save the file again.';
  return {
    type: 'wrong',
    text,
    complaints: complaints.map(({ what, where, hint }) => ({
      what: what.replaceAll(file, name),
      ...(where === undefined ? {} : { where: where.replaceAll(file, name) }),
      hint: hint === undefined || hint.startsWith('Mend the answer') ? mend : hint,
    })),
  };
}
