import { listedTopics } from '../core/listed.ts';
import { situationOf } from '../core/walk.ts';
import { type AnswersOptions, answersFrom, hasAnswers } from './answers-of.ts';
import { checklistMarkdown, checklistText } from './checklist-text.ts';
import { type Context, print } from './context.ts';
import { topicNamed } from './lists.ts';

/** The checklist: of all topics, of one, or of a set of answers with the state of each item. */
export async function checklistCommand(
  context: Context,
  topicName: string | undefined,
  { markdown, ...options }: AnswersOptions & { readonly markdown?: boolean },
): Promise<void> {
  const catalog = await context.catalog();
  const topic = topicName === undefined ? undefined : topicNamed(catalog, topicName);
  const answered = hasAnswers(options) ? situationOf(catalog, await answersFrom(context, options)) : undefined;
  const topics = listedTopics(catalog, answered).filter((one) => topic === undefined || one.topic === topic.topic);
  print(context, topics, () => (markdown ? checklistMarkdown(topics) : checklistText(topics, context.stdout.columns)));
}
