using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Tenants;

/// <summary>What samples and documents say in the place of what only its owner knows is told, and nothing that an owner would say.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class PlaceholdersTests
{
    [Theory]
    [InlineData("fill-in")]
    [InlineData("SHA256:filled-in-by-the-demo")]
    [InlineData("FillIn")]
    [InlineData("Fill in the name")]
    [InlineData("SHA256:…")]
    [InlineData("...")]
    [InlineData("<your client id>")]
    [InlineData("TODO")]
    public void What_is_not_filled_in_is_told(string text) => Assert.Equal(["$.a.b[1] (line 2): is still to be filled in"], Told(text));

    [Theory]
    [InlineData("https://learn.example.org/endpoint", "learn.example.org")]
    [InlineData("register.example", "register.example")]
    [InlineData("it@example.com", "example.com")]
    [InlineData("http://town.test:8080/", "town.test")]
    [InlineData("https://SFTP.EXAMPLE.NET", "SFTP.EXAMPLE.NET")]
    public void Hosts_that_are_nobodys_are_told(string text, string host) =>
        Assert.Equal([$"$.a.b[1] (line 2): names {host}, which is an example and nobody's: fill in your own"], Told(text));

    [Theory]
    [InlineData("Fyllinge kommun")]
    [InlineData("Infill industries")]
    [InlineData("upload.appleschoolcontent.com")]
    [InlineData("https://example.kommun.se/test/invalid")]
    [InlineData("https://test.kommun.se/v2.0")]
    [InlineData("127.0.0.1")]
    [InlineData("SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("my.test.file")]
    public void Nothing_else_is(string text) => Assert.Empty(Told(text));

    [Fact]
    public void User_names_and_namespaces_are_what_their_system_wants() =>
        Assert.Empty(Placeholders.In("""{ "username": "nordhamn@sftp.example", "documentNamespace": "https://import.example/ws" }"""u8.ToArray()));

    [Fact]
    public void Comments_are_no_values() => Assert.Empty(Placeholders.In("{ /* fill-in */ }"u8.ToArray()));

    private static IEnumerable<string> Told(string text) =>
        Placeholders.In(Encoding.UTF8.GetBytes($$"""
            { "a":
              { "b": ["good", {{JsonSerializer.Serialize(text)}}] } }
            """)).Select(error => error.ToString());
}
