namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>Arithmetic: exact while operands and result are integers of 64 bits, else in doubles.</summary>
internal static class Numbers
{
    /// <summary>A number. NaN and infinity are allowed until they are used or become a result.</summary>
    public static JsonNumber Create(Evaluator evaluator, double value)
    {
        if (double.IsFinite(value))
        {
            return JsonNumber.Create(value);
        }

        evaluator.HoldsUnplain = true;
        string text = double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        return JsonNumber.FromText(text, value);
    }

    /// <summary>Whether the value is a number that can be computed with; infinity is an error.</summary>
    public static bool IsNumeric(JsonValue? value)
    {
        if (value is not JsonNumber number)
        {
            return false;
        }

        if (number.IsInteger)
        {
            return true;
        }

        double d = number.ToDouble();
        return double.IsInfinity(d) ? throw new JsonataException("D1001") { Value = number } : !double.IsNaN(d);
    }

    public static JsonNumber Add(Evaluator evaluator, JsonNumber left, JsonNumber right)
    {
        if (Integers(left, right, out long l, out long r))
        {
            long sum = unchecked(l + r);
            if (((l ^ sum) & (r ^ sum)) >= 0)
            {
                return JsonNumber.Create(sum);
            }
        }

        return Create(evaluator, left.ToDouble() + right.ToDouble());
    }

    public static JsonNumber Subtract(Evaluator evaluator, JsonNumber left, JsonNumber right)
    {
        if (Integers(left, right, out long l, out long r))
        {
            long difference = unchecked(l - r);
            if (((l ^ r) & (l ^ difference)) >= 0)
            {
                return JsonNumber.Create(difference);
            }
        }

        return Create(evaluator, left.ToDouble() - right.ToDouble());
    }

    public static JsonNumber Multiply(Evaluator evaluator, JsonNumber left, JsonNumber right)
    {
        if (Integers(left, right, out long l, out long r))
        {
            long high = Math.BigMul(l, r, out long low);
            if ((high == 0 && low >= 0) || (high == -1 && low < 0))
            {
                return JsonNumber.Create(low);
            }
        }

        return Create(evaluator, left.ToDouble() * right.ToDouble());
    }

    public static JsonNumber Divide(Evaluator evaluator, JsonNumber left, JsonNumber right) =>
        Integers(left, right, out long l, out long r) && r is not (0 or -1) && l % r == 0 ? JsonNumber.Create(l / r)
        : Create(evaluator, left.ToDouble() / right.ToDouble());

    public static JsonNumber Remainder(Evaluator evaluator, JsonNumber left, JsonNumber right) =>
        Integers(left, right, out long l, out long r) && r is not (0 or -1) ? JsonNumber.Create(l % r)
        : Create(evaluator, left.ToDouble() % right.ToDouble());

    public static JsonNumber Negate(Evaluator evaluator, JsonNumber number) =>
        number.TryGetInt64(out long integer) && integer != long.MinValue
            ? JsonNumber.Create(-integer)
            : Create(evaluator, -number.ToDouble());

    private static bool Integers(JsonNumber left, JsonNumber right, out long l, out long r)
    {
        r = 0;
        return left.TryGetInt64(out l) && right.TryGetInt64(out r);
    }
}
