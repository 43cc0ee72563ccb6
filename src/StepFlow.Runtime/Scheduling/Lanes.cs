namespace StepFlow.Runtime.Scheduling;

/// <summary>Names lanes: every execution of a state machine is in the same one, and so are the children of its Map Runs.</summary>
public static class Lanes
{
    /// <summary>Colons before the state machine's name in an execution's ARN.</summary>
    private const int Colons = 6;

    /// <summary>The lane of an execution.</summary>
    /// <param name="executionArn">Its ARN (<c>…:execution:Machine:name</c>, <c>…:execution:Machine/Label:name</c>, <c>…:express:Machine:name:id</c>).</param>
    public static string Of(string executionArn)
    {
        int start = 0;
        for (int colon = 0; colon < Colons; colon++)
        {
            int next = executionArn.IndexOf(':', start);
            if (next < 0)
            {
                return executionArn;
            }

            start = next + 1;
        }

        int length = executionArn.AsSpan(start).IndexOfAny(':', '/');
        return length < 0 ? executionArn : executionArn[..(start + length)];
    }
}
