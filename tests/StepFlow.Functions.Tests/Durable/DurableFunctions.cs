using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using StepFlow.Functions.Orchestration;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>Finds the app's orchestrators and activities by their attributes, as the Functions host does, and registers them.</summary>
internal static class DurableFunctions
{
    /// <summary>What orchestrators take: they ask their context for it.</summary>
    private static readonly Dictionary<string, Type> Inputs = new(StringComparer.Ordinal)
    {
        [Activities.ActivityNames.Orchestrator] = typeof(ExecutionInput),
        [Activities.ActivityNames.MapRunOrchestrator] = typeof(MapRunInput),
    };

    /// <summary>Registers all of them.</summary>
    /// <param name="back">Where.</param>
    /// <param name="client">What functions with a client binding get.</param>
    /// <param name="app">The present process: gives an instance of a function's class, and its stopping token.</param>
    public static void Register(DurableDouble back, DurableTaskClient client, Func<(Func<Type, object> Create, CancellationToken Stopping)> app)
    {
        foreach (MethodInfo method in typeof(Activities.ActivityNames).Assembly.GetTypes().SelectMany(type => type.GetMethods()))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
            {
                continue;
            }

            ParameterInfo[] parameters = method.GetParameters();
            if (parameters.Any(parameter => parameter.GetCustomAttribute<OrchestrationTriggerAttribute>() is not null))
            {
                back.AddOrchestrator(function.Name, Inputs[function.Name], context => ResultAsync((Task)method.Invoke(null, [context])!));
            }
            else if (parameters.FirstOrDefault(parameter => parameter.GetCustomAttribute<ActivityTriggerAttribute>() is not null) is { } input)
            {
                back.AddActivity(function.Name, json =>
                {
                    (Func<Type, object> create, CancellationToken stopping) = app();
                    return InvokeAsync(method, create, [.. parameters.Select(parameter => Argument(parameter, input, json, back.Converter, client, stopping))]);
                });
            }
        }
    }

    private static object? Argument(ParameterInfo parameter, ParameterInfo input, string? json, DataConverter converter, DurableTaskClient client, CancellationToken stopping)
    {
        if (parameter == input)
        {
            return converter.Deserialize(json, parameter.ParameterType);
        }

        return parameter.ParameterType == typeof(CancellationToken) ? stopping
            : parameter.ParameterType == typeof(DurableTaskClient) ? client
            : throw new InvalidOperationException($"{parameter.Name} is no parameter that the worker binds.");
    }

    private static Task<object?> InvokeAsync(MethodInfo method, Func<Type, object> create, object?[] arguments)
    {
        try
        {
            return ResultAsync((Task)method.Invoke(create(method.DeclaringType!), arguments)!);
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    private static async Task<object?> ResultAsync(Task task)
    {
        await task;
        return task.GetType().IsGenericType && task.GetType().GetProperty(nameof(Task<object>.Result)) is { } result && result.PropertyType.Name != "VoidTaskResult"
            ? result.GetValue(task)
            : null;
    }
}
