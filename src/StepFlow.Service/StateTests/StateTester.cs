using System.Diagnostics;
using StepFlow.Execution;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Service.StateTests;

/// <summary>Runs one state by itself (TestState): with a context object, variables and mocks that the caller brings.</summary>
internal sealed class StateTester(ITaskRunner tasks, TimeProvider time)
{
    /// <summary>Runs a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="scope">What its expressions see.</param>
    /// <param name="call">What is tested.</param>
    /// <param name="inspection">Notes how the data changes.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<StateTestResult> RunAsync(CompiledState state, TestScope scope, StateTestCall call, Inspection inspection, CancellationToken cancellationToken)
    {
        inspection.Payload("input", scope.Input);
        if (call.Variables.Count > 0)
        {
            inspection.Payload("variables", call.Variables);
        }

        var failures = new FailureTest(state, scope, call, inspection);
        return state switch
        {
            CompiledPass pass => Pass(pass, scope, inspection, failures),
            CompiledChoice choice => Choice(choice, scope, inspection, failures),
            CompiledSucceed or CompiledWait => Through(state, scope, inspection, failures),
            CompiledFail fail => Fail(fail, scope, inspection, failures),
            CompiledTask task => await new TaskTest(tasks, time).RunAsync(task, scope, call, inspection, failures, cancellationToken),
            CompiledParallel parallel => MockedResult(parallel, scope, call.Mock!, inspection, failures),
            CompiledMap map => MapTest.Run(map, scope, call, inspection, failures),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>A state whose mock stands for all of its work.</summary>
    public static StateTestResult MockedResult(CompiledState state, TestScope scope, StateMock mock, Inspection inspection, FailureTest failures)
    {
        if (mock.Result is not { } result)
        {
            return failures.Handle(new(mock.Error, mock.Cause) { IsFromTask = true });
        }

        inspection.Result(state.Data, scope, result);
        return Leave(state.Data, scope, result, state.Next?.Name, failures);
    }

    /// <summary>The state's data flow out, and where it leads.</summary>
    public static StateTestResult Leave(StateData data, TestScope scope, JsonValue result, string? next, FailureTest failures)
    {
        Outcome<StateResult> completed = data.Complete(scope, result);
        return completed.IsSuccess
            ? new() { Status = StateTestResult.Succeeded, Output = completed.Value.Output, NextState = next }
            : failures.Handle(Failure.From(completed.Error));
    }

    private static StateTestResult Pass(CompiledPass pass, TestScope scope, Inspection inspection, FailureTest failures)
    {
        JsonValue result;
        if (pass.Result is { } literal)
        {
            result = literal;
            inspection.Payload("result", literal);
        }
        else
        {
            Outcome<JsonValue> arguments = pass.Data.Arguments(scope);
            if (!arguments.IsSuccess)
            {
                return failures.Handle(Failure.From(arguments.Error));
            }

            result = arguments.Value;
            inspection.InputPath(pass, scope);
            if (pass.QueryLanguage == Language.QueryLanguage.JsonPath)
            {
                inspection.Arguments(pass, result);
            }
        }

        inspection.Result(pass.Data, scope, result);
        return Leave(pass.Data, scope, result, pass.Next?.Name, failures);
    }

    private static StateTestResult Choice(CompiledChoice choice, TestScope scope, Inspection inspection, FailureTest failures)
    {
        Outcome<JsonValue> arguments = choice.Data.Arguments(scope);
        if (!arguments.IsSuccess)
        {
            return failures.Handle(Failure.From(arguments.Error));
        }

        inspection.InputPath(choice, scope);
        foreach (CompiledChoiceRule rule in choice.Rules)
        {
            Outcome<bool> holds = rule.Condition.Evaluate(scope);
            if (!holds.IsSuccess)
            {
                return failures.Handle(Failure.From(holds.Error));
            }

            if (holds.Value)
            {
                return Leave(rule.Data, scope, arguments.Value, rule.Next.Name, failures);
            }
        }

        return choice.Default is { } next
            ? Leave(choice.Data, scope, arguments.Value, next.Name, failures)
            : failures.Handle(Failure.NoChoiceMatched);
    }

    private static StateTestResult Through(CompiledState state, TestScope scope, Inspection inspection, FailureTest failures)
    {
        Outcome<JsonValue> arguments = state.Data.Arguments(scope);
        if (!arguments.IsSuccess)
        {
            return failures.Handle(Failure.From(arguments.Error));
        }

        inspection.InputPath(state, scope);

        // A wait is not waited for, but when it would end must make sense.
        if (state is CompiledWait wait && wait.Until.Evaluate(scope) is { IsSuccess: false } wrong)
        {
            return failures.Handle(Failure.From(wrong.Error));
        }

        return Leave(state.Data, scope, arguments.Value, state.Next?.Name, failures);
    }

    private static StateTestResult Fail(CompiledFail fail, TestScope scope, Inspection inspection, FailureTest failures)
    {
        inspection.InputPath(fail, scope);
        Outcome<string> error = fail.Error?.Evaluate(scope) ?? default;
        if (error.Error is { } wrongError)
        {
            return failures.Handle(Failure.From(wrongError));
        }

        Outcome<string> cause = fail.Cause?.Evaluate(scope) ?? default;
        return cause.Error is { } wrongCause
            ? failures.Handle(Failure.From(wrongCause))
            : new() { Status = StateTestResult.Failed, Error = error.Value, Cause = cause.Value };
    }
}
