using System.Globalization;
using Xunit;

namespace EduFunctions.Tests.Harness;

/// <summary>Which stories are told: a few, or those that a variable of the environment asks for, as <c>first-last,one,another</c>.</summary>
internal static class StorySeeds
{
    public static TheoryData<int> Of(string variable, string usual)
    {
        var parts = (Environment.GetEnvironmentVariable(variable) ?? usual).Split(',');
        return [.. parts.Select(part => part.Split('-').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray())
            .SelectMany(range => Enumerable.Range(range[0], range[^1] - range[0] + 1))];
    }
}
