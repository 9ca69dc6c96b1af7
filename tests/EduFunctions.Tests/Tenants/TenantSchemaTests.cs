using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Tenants;

public sealed class TenantSchemaTests
{
    [Fact]
    public void The_shipped_schema_is_that_of_the_code()
    {
        var schema = Schema();

        Assert.Equal(GoldenFiles.Expected("docs/tenant.schema.json", schema), schema);
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
