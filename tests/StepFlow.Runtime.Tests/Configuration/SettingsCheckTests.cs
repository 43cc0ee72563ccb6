using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using StepFlow.Runtime.Configuration;

namespace StepFlow.Runtime.Tests.Configuration;

public sealed class SettingsCheckTests
{
    [Theory]
    [InlineData("Count", "7", null)]
    [InlineData("count", "7", null)]
    [InlineData("Count", "7.5", "must be a whole number, but is '7.5'")]
    [InlineData("Count", "", "is empty")]
    [InlineData("Count", "11", "must be from 1 to 10, but is 11")]
    [InlineData("Share", "0.5", null)]
    [InlineData("Share", "half", "must be a number, but is 'half'")]
    [InlineData("Flag", "yes", "must be true or false, but is 'yes'")]
    [InlineData("Day", "friday", null)]
    [InlineData("Day", "5", "must be Sunday or Monday or Tuesday or Wednesday or Thursday or Friday or Saturday, but is '5'")]
    [InlineData("Url", "/relative", null)]
    [InlineData("Url", "example.com", "must be a URL such as https://example.com/path, but is 'example.com'")]
    [InlineData("Name", "", null)]
    [InlineData("Name", "@Microsoft.KeyVault(SecretUri=x)", "is a Key Vault reference that was not resolved. Check that the secret exists and that the app's identity may read it")]
    [InlineData("Count:Inner", "1", "must be one value")]
    [InlineData("Keys", "k", "must be a list or an object")]
    [InlineData("Inner", "k", "must be an object with some of Secret")]
    [InlineData("Sixth", "1", "is unknown. Known settings are Count, Day, Flag, Inner, Keys, Name, Names, Share, Url")]
    [InlineData("Secret", "1", "is unknown. The setting is called Inner:Secret")]
    public void Check_OneSetting_ReportsTheProblem(string name, string value, string? problem) => Assert.Equal(
        problem is null ? [] : [problem],
        Check((name, value)).Select(one => one.Problem));

    [Fact]
    public void Check_WhatIsRequired_IsMissedOnlyWhereItsObjectIs()
    {
        Assert.Empty(Check());
        Assert.Equal([new("Keys:a:Secret", "is required")], Check(("Keys:a:Extra:0", "x"), ("Keys:b:Secret", "s")).Where(problem => problem.Problem == "is required"));
    }

    [Fact]
    public void Check_ListsAndNames_AreTheUsers() => Assert.Empty(Check(("Names:0", "a"), ("Names:1", "b"), ("Keys:any:Secret", "s")));

    private static IReadOnlyList<SettingProblem> Check(params (string Name, string Value)[] settings) => SettingsCheck.Check(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("StepFlow:" + setting.Name, (string?)setting.Value))).Build().GetSection("StepFlow"),
        new SettingsSection(string.Empty, typeof(Sample)));

    private sealed class Sample
    {
        [Range(1, 10)]
        public int Count { get; set; }

        public double? Share { get; set; }

        public bool Flag { get; set; }

        public DayOfWeek Day { get; set; }

        public Uri? Url { get; set; }

        public string? Name { get; set; }

        public HashSet<string> Names { get; init; } = [];

        public Key Inner { get; init; } = new();

        public IDictionary<string, Key> Keys { get; init; } = new Dictionary<string, Key>();
    }

    private sealed class Key
    {
        [Required]
        public string? Secret { get; set; }
    }
}
