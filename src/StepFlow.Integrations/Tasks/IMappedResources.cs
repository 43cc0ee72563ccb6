using StepFlow.Language;

namespace StepFlow.Integrations.Tasks;

/// <summary>The Resources that the settings give a meaning.</summary>
internal interface IMappedResources
{
    /// <summary>What runs the tasks of a Resource; null where the settings do not say.</summary>
    /// <param name="exactOnly">Whether only a setting for this very Resource counts, not one for many.</param>
    ITaskIntegration? Find(TaskResource resource, bool exactOnly);
}
