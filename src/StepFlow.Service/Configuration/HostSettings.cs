using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StepFlow.Integrations.Configuration;
using StepFlow.Runtime.Configuration;
using StepFlow.Runtime.TaskLimits;
using StepFlow.Service.Events;
using StepFlow.Service.Triggers;

namespace StepFlow.Service.Configuration;

/// <summary>The settings that every host has, and the check of all settings at its start.</summary>
public static class HostSettings
{
    /// <summary>The settings of every host.</summary>
    public static IReadOnlyList<SettingsSection> Sections { get; } =
    [
        new(string.Empty, typeof(ServiceSettings)), new(string.Empty, typeof(IntegrationOptions)),
        new("StateMachines", typeof(StateMachineSettings)), new("StatusChanges", typeof(StatusChangeOptions)),
        new("TaskLimits", typeof(Dictionary<string, TaskLimitOptions>)), new("Triggers", typeof(Dictionary<string, TriggerOptions>)),
    ];

    /// <summary>Checks settings: their names and values, and what belongs together.</summary>
    /// <param name="settings">The section <c>StepFlow</c>.</param>
    /// <param name="addOptions">Adds the options of the host's own settings, with their rules.</param>
    /// <param name="describe">Writes a problem and the location of the setting.</param>
    /// <returns>Every problem, as a sentence; empty for none.</returns>
    public static IReadOnlyList<string> Check(
        IConfigurationSection settings, IReadOnlyList<SettingsSection> sections, Action<IServiceCollection> addOptions, Func<SettingProblem, string> describe) =>
    [
        .. SettingsCheck.Check(settings, [.. sections]).Select(describe),
        .. Validate(settings, addOptions),
        .. TriggerSet.Check(settings),
        .. TaskLimiter.Check(settings),
    ];

    /// <summary>The problems that the rules of the options find.</summary>
    private static IEnumerable<string> Validate(IConfigurationSection settings, Action<IServiceCollection> addOptions)
    {
        IServiceCollection services = new ServiceCollection().AddStepFlowIntegrations(settings);
        addOptions(services);
        using ServiceProvider provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
        catch (AggregateException e)
        {
            return [.. e.InnerExceptions.OfType<OptionsValidationException>().SelectMany(static one => one.Failures)];
        }
        catch (InvalidOperationException)
        {
            // A value of the wrong type cannot be bound. The check of types has reported it.
            return [];
        }
    }
}
