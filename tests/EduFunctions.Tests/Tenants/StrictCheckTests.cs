using System.Text.Json.Nodes;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Tenants;

/// <summary>What is wrong within maps and lists of a tenant file is named by its own path.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class StrictCheckTests
{
    [Fact]
    public async Task A_good_file_has_no_error() => Assert.Empty(await ErrorsAsync("passwordPolicy", """{ "7": "4", "8": "6" }"""));

    [Theory]
    [InlineData("passwordPolicy", """{ "7": "4", "8": 6 }""", "$.feeds[0].settings.passwordPolicy.8", "must be a string, not 6")]
    [InlineData("passwordPolicy", """{ "7": {} }""", "$.feeds[0].settings.passwordPolicy.7", "must be a string, not an object")]
    [InlineData("passwordPolicy", "[]", "$.feeds[0].settings.passwordPolicy", "must be an object, not an array")]
    [InlineData("groupTypes", """["Klass", 1]""", "$.feeds[0].settings.groupTypes[1]", "must be a string, not 1")]
    public async Task A_wrong_entry_is_named(string setting, string value, string path, string cause)
    {
        var error = Assert.Single(await ErrorsAsync(setting, value));

        Assert.Equal((path, cause), (error.Path, error.Cause));
    }

    private static Task<IReadOnlyList<EduFunctions.Pipeline.Tenants.ConfigurationError>> ErrorsAsync(string setting, string value)
    {
        var tenant = PaperNight.Tenant();
        tenant["feeds"]![0]!["settings"]![setting] = JsonNode.Parse(value);
        return PaperNight.TenantErrorsAsync(tenant);
    }
}
