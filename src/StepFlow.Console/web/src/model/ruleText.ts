import { isFields, sourceOf, type Fields, type Json } from './json';

const longest = 40;

const comparisons: [ending: RegExp, sign: string][] = [
  [/GreaterThanEquals(Path)?$/, '>='],
  [/LessThanEquals(Path)?$/, '<='],
  [/GreaterThan(Path)?$/, '>'],
  [/LessThan(Path)?$/, '<'],
  [/Equals(Path)?$/, '=='],
  [/^StringMatches$/, 'matches'],
];

/** A short text of a rule of a Choice: `$.x == 1`, or the JSONata condition. */
export function ruleText(rule: Json): string {
  const text = isFields(rule) ? textOfRule(rule, 0) : '';
  return cut(text.replace(/\s+/g, ' '));
}

/** A text cut at 40 characters. */
export function cut(text: string): string {
  const letters = Array.from(text);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('').trimEnd()}…` : text;
}

function textOfRule(rule: Fields, depth: number): string {
  // Deeper ones are cut off anyway.
  if (depth > longest) {
    return '';
  }

  if (typeof rule.Condition === 'string') {
    return rule.Condition.replace(/^\{%\s*|\s*%\}$/g, '');
  }

  if (typeof rule.Condition === 'boolean') {
    return String(rule.Condition);
  }

  if (isFields(rule.Not)) {
    return `not (${textOfRule(rule.Not, depth + 1)})`;
  }

  for (const [name, sign] of [['And', ' and '], ['Or', ' or ']] as const) {
    const inner = rule[name];
    if (Array.isArray(inner)) {
      return inner.filter(isFields).map(one => group(one, depth)).join(sign);
    }
  }

  return comparison(rule);
}

function group(rule: Fields, depth: number): string {
  const text = textOfRule(rule, depth + 1);
  return Array.isArray(rule.And) || Array.isArray(rule.Or) ? `(${text})` : text;
}

function comparison(rule: Fields): string {
  const variable = typeof rule.Variable === 'string' ? rule.Variable : '';
  for (const [name, value] of Object.entries(rule)) {
    if (name.startsWith('Is')) {
      const kind = name.slice(2).replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter}`).toLowerCase();
      return `${variable} is ${value === false ? 'not ' : ''}${kind}`;
    }

    const sign = comparisons.find(([ending]) => ending.test(name))?.[1];
    if (sign !== undefined) {
      return `${variable} ${sign} ${name.endsWith('Path') && typeof value === 'string' ? value : sourceOf(value)}`;
    }
  }

  return variable;
}
