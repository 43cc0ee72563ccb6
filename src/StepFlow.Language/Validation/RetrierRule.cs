namespace StepFlow.Language.Validation;

/// <summary>The numbers of a retrier are within their ranges (Amazon States Language, "Retrying after error").</summary>
internal sealed class RetrierRule : StateRule
{
    // "MaxDelaySeconds must be greater than 0 and less than 31622400" (developer guide, "Retrying after an error").
    private const long MaxDelay = 31_622_399;

    public override void Check(State state, ValidationContext context)
    {
        foreach (Retrier retrier in StateTree.Retriers(state))
        {
            Integer(retrier, retrier.IntervalSeconds, "IntervalSeconds", 1, NumberRange.MaxSeconds, context);
            Integer(retrier, retrier.MaxAttempts, "MaxAttempts", 0, NumberRange.MaxSeconds, context);
            Integer(retrier, retrier.MaxDelaySeconds, "MaxDelaySeconds", 1, MaxDelay, context);
            if (retrier.BackoffRate is { } rate)
            {
                NumberRange.Decimal(rate, 1, double.MaxValue, retrier.Location + "/BackoffRate", context);
            }

            FieldSets.CheckOneOf(retrier.JitterStrategy, retrier.Location + "/JitterStrategy", context, "FULL", "NONE");
        }
    }

    private static void Integer(Retrier retrier, JsonNumber? number, string field, long minimum, long maximum, ValidationContext context)
    {
        if (number is not null)
        {
            NumberRange.Integer(number, minimum, maximum, $"{retrier.Location}/{field}", context);
        }
    }
}
