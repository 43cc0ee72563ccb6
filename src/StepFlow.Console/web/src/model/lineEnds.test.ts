import { describe, expect, it } from 'vitest';
import { keepLineEnds } from './lineEnds';

describe('keepLineEnds', () => {
  it.each([
    ['a\nb', 'a\nc', 'a\nc'],
    ['a\r\nb\r\n', 'a\nb\n', 'a\r\nb\r\n'],
    ['a\r\nb\r\nc', 'a\nB\nc', 'a\r\nB\r\nc'],
    ['a\r\nb', 'a\nx\ny\nb', 'a\r\nx\r\ny\r\nb'],
    ['a\r\nb\nc\rd', 'a\nb\nc\nd!', 'a\r\nb\nc\rd!'],
    ['a\r\nb\nc', 'b\nc', 'b\nc'],
    ['a\r\nb', '', ''],
    ['a\r\na\r\na', 'a\na', 'a\r\na'],
    ['\r\n', '\n\n', '\r\n\r\n'],
  ])('%j, edited to %j', (before, edited, expected) => expect(keepLineEnds(before, edited)).toBe(expected));
});
