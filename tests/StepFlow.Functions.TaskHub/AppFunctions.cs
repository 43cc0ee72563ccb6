using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using StepFlow.Functions.Messages;

namespace StepFlow.Functions.TaskHub;

/// <summary>The app's orchestrators and activities, found by their attributes, as the Functions host does.</summary>
public sealed class AppFunctions
{
    /// <summary>What orchestrators take: they ask their context for it.</summary>
    private static readonly Dictionary<string, Type> Inputs = new(StringComparer.Ordinal)
    {
        [ActivityNames.Orchestrator] = typeof(ExecutionInput),
        [ActivityNames.MapRunOrchestrator] = typeof(MapRunInput),
    };

    private readonly Dictionary<string, AppOrchestrator> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AppActivity> _activities = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="client">What functions with a client binding get.</param>
    /// <param name="app">The present process: gives an instance of a function's class, and its stopping token.</param>
    public AppFunctions(DurableTaskClient client, Func<(Func<Type, object> Create, CancellationToken Stopping)> app)
    {
        foreach (MethodInfo method in typeof(ActivityNames).Assembly.GetTypes().SelectMany(type => type.GetMethods()))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
            {
                continue;
            }

            ParameterInfo[] parameters = method.GetParameters();
            if (parameters.Any(parameter => parameter.GetCustomAttribute<OrchestrationTriggerAttribute>() is not null))
            {
                _orchestrators.Add(function.Name, new(function.Name, Inputs[function.Name], context => ResultAsync((Task)method.Invoke(method.IsStatic ? null : app().Create(method.DeclaringType!), [context])!)));
            }
            else if (parameters.FirstOrDefault(parameter => parameter.GetCustomAttribute<ActivityTriggerAttribute>() is not null) is { } input)
            {
                _activities.Add(function.Name, new(function.Name, input.ParameterType, value =>
                {
                    (Func<Type, object> create, CancellationToken stopping) = app();
                    return InvokeAsync(method, create, [.. parameters.Select(parameter => Argument(parameter, input, value, client, stopping))]);
                }));
            }
        }
    }

    /// <summary>Adds an orchestrator that is not the app's: something to compare with.</summary>
    public void Add(AppOrchestrator orchestrator) => _orchestrators.Add(orchestrator.Name, orchestrator);

    /// <summary>Adds an activity that is not the app's.</summary>
    public void Add(AppActivity activity) => _activities.Add(activity.Name, activity);

    /// <summary>The orchestrators, by name.</summary>
    public IReadOnlyDictionary<string, AppOrchestrator> Orchestrators => _orchestrators;

    /// <summary>The activities, by name.</summary>
    public IReadOnlyDictionary<string, AppActivity> Activities => _activities;

    private static object? Argument(ParameterInfo parameter, ParameterInfo input, object? value, DurableTaskClient client, CancellationToken stopping) =>
        parameter == input ? value
        : parameter.ParameterType == typeof(CancellationToken) ? stopping
        : parameter.ParameterType == typeof(DurableTaskClient) ? client
        : throw new InvalidOperationException($"{parameter.Name} is no parameter that the worker binds.");

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

/// <summary>An orchestrator function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Input">The type of its input.</param>
/// <param name="RunAsync">Runs it.</param>
public sealed record AppOrchestrator(string Name, Type Input, Func<TaskOrchestrationContext, Task<object?>> RunAsync);

/// <summary>An activity function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Input">The type of its input.</param>
/// <param name="RunAsync">Runs it.</param>
public sealed record AppActivity(string Name, Type Input, Func<object?, Task<object?>> RunAsync);
