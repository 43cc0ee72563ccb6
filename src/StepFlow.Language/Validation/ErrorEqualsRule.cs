namespace StepFlow.Language.Validation;

/// <summary><c>States.ALL</c> must be the only name, in the last retrier and the last catcher.</summary>
internal sealed class ErrorEqualsRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        Check([.. StateTree.Retriers(state).Select(retrier => (retrier.ErrorEquals, retrier.Location))], context);
        Check([.. StateTree.Catchers(state).Select(catcher => (catcher.ErrorEquals, catcher.Location))], context);
    }

    private static void Check((IReadOnlyList<string> Names, string Location)[] entries, ValidationContext context)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            (IReadOnlyList<string> names, string location) = entries[i];
            if (!names.Contains(ErrorNames.All))
            {
                continue;
            }

            if (names.Count > 1)
            {
                context.Diagnostics.Schema(DiagnosticMessages.AllMustStandAlone, location + "/ErrorEquals");
            }

            if (i < entries.Length - 1)
            {
                context.Diagnostics.Schema(DiagnosticMessages.AllMustBeLast, location + "/ErrorEquals");
            }
        }
    }
}
