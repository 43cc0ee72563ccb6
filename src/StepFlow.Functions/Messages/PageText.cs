using System.Globalization;

namespace StepFlow.Functions.Messages;

/// <summary>Pages of a Map Run's children as a text: <c>page/part/first/items</c>, with the items as <see cref="ItemCounts"/> writes them, joined by semicolons.</summary>
internal static class PageText
{
    public static string Write(IEnumerable<WaitingPage> pages) => string.Join(';', pages.Select(static page => string.Create(
        CultureInfo.InvariantCulture, $"{page.Page}/{page.Part}/{page.First}/{ItemCounts.Write(page.Items)}")));

    public static IEnumerable<WaitingPage> Read(string text)
    {
        foreach (string page in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = page.Split('/');
            yield return new(Number(parts[0]), Number(parts[1]), Number(parts[2]), ItemCounts.Read(parts[3]));
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>A page of which children wait to be started.</summary>
/// <param name="Part">How often its Express children were run before.</param>
/// <param name="First">The index of the first Standard child that waits.</param>
/// <param name="Items">How many items each child has that waits.</param>
internal sealed record WaitingPage(int Page, int Part, int First, IReadOnlyList<int> Items);
