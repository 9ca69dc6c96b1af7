using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NJsonSchema;
using Xunit;

namespace EduFunctions.Tests.Tenants;

[Trait(Level.Name, Level.Fast)]
public sealed class TenantSchemaTests
{
    private const string Samples = "src/EduFunctions.LocalHost/Demo/tenants";

    [Fact]
    public void The_shipped_schema_is_that_of_the_code()
    {
        var schema = Schema();

        Assert.Equal(GoldenFiles.Expected("docs/tenant.schema.json", schema), schema);
    }

    [Fact]
    public async Task The_reference_is_that_of_the_schema()
    {
        var reference = await TenantReference.WriteAsync(Schema());

        Assert.Equal(GoldenFiles.Expected("docs/tenant.md", reference), reference);
    }

    [Fact]
    public async Task An_editor_that_checks_with_the_schema_finds_the_samples_good_and_a_misspelt_key_not()
    {
        var schema = await JsonSchema.FromJsonAsync(Schema());

        Assert.All(Directory.GetFiles(Path.Combine(Repository.Root, Samples), "*.json"), path =>
        {
            var tenant = JsonNode.Parse(File.ReadAllText(path), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
            Assert.Empty(schema.Validate(tenant.ToJsonString()));
            tenant["eligiblity"] = new JsonObject();
            Assert.NotEmpty(schema.Validate(tenant.ToJsonString()));
        });
    }

    private static string Schema()
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddRosterPipeline(new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", "UseDevelopmentStorage=true")]).Build())
            .BuildServiceProvider();
        return services.GetRequiredService<TenantSchema>().Build().ToJsonString(Serialization.Indented) + "\n";
    }
}
