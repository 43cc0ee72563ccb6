using System.Globalization;

namespace StepFlow.Integrations.Sql;

/// <summary>
/// Microsoft.Data.SqlClient needs the cultures of ICU. The hosts are built without cultures, so that they start on machines without
/// ICU. The variable <c>DOTNET_SYSTEM_GLOBALIZATION_INVARIANT</c> overrides that when the process starts.
/// </summary>
internal static class SqlServerCultures
{
    private const string Switch = "System.Globalization.Invariant";

    public const string Missing = "SqlServer needs cultures: set the environment variable DOTNET_SYSTEM_GLOBALIZATION_INVARIANT to false, on a machine with ICU (libicu)";

    /// <summary>Whether this process has cultures.</summary>
    public static bool AreAvailable { get; } = Find();

    /// <summary>Lets the provider use cultures. It only checks the setting with which the host was built.</summary>
    public static void Enable()
    {
        if (AreAvailable)
        {
            AppContext.SetSwitch(Switch, false);

            // Texts must not depend on the language of the machine, as without cultures.
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        }
    }

    private static bool Find()
    {
        try
        {
            return CultureInfo.GetCultureInfo("en-US").EnglishName.StartsWith("English", StringComparison.Ordinal);
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
