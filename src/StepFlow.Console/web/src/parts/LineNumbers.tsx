import { useEffect, useRef, type RefObject } from 'react';

/** The numbers of a field's lines, beside it: findings name lines. The field must not wrap them. */
export function LineNumbers({ count, field }: { count: number; field: RefObject<HTMLTextAreaElement | null> }) {
  const numbers = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const text = field.current;
    const follow = (): void => {
      if (numbers.current && text) {
        numbers.current.scrollTop = text.scrollTop;
      }
    };
    follow();
    text?.addEventListener('scroll', follow);
    return () => text?.removeEventListener('scroll', follow);
  }, [field, count]);

  return (
    <pre ref={numbers} className="numbers" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => index + 1).join('\n')}
    </pre>
  );
}
