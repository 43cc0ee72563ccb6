import { ApiError } from './ApiError';
import { call } from './client';
import type { CheckedDefinition } from './shapes';

/** Checks a definition: JSON, YAML, what DescribeStateMachine answered, or a template with one machine. */
export function checkDefinition(text: string, type: string, signal?: AbortSignal): Promise<CheckedDefinition> {
  return call<CheckedDefinition>('CheckDefinition', { definition: text, type }, signal);
}

/**
 * The definition as the API takes it: JSON as it was written, another form as the server reads it.
 *
 * @throws ApiError Where the text cannot be read at all.
 */
export async function definitionToSave(text: string, type: string): Promise<string> {
  const { definition, diagnostics } = await checkDefinition(text, type);
  const flaw = diagnostics.find(({ code }) => code === 'INVALID_YAML' || code === 'INVALID_JSON_DESCRIPTION');
  if (flaw) {
    throw new ApiError('InvalidDefinition', `Line ${flaw.line}: ${flaw.message}`, 400);
  }
  return definition ?? text;
}
