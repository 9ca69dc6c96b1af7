using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Tenants;

public sealed class TenantSchemaTests
{
    /// <summary>Set the variable EDUFUNCTIONS_WRITE_GOLDEN to write the file anew, and read the difference like code.</summary>
    [Fact]
    public void The_shipped_schema_is_that_of_the_code()
    {
        var shipped = Path.Combine(Repository.Root, "docs", "tenant.schema.json");
        var schema = Schema();

        if (Environment.GetEnvironmentVariable("EDUFUNCTIONS_WRITE_GOLDEN") is not null)
        {
            File.WriteAllText(shipped, schema);
        }

        Assert.Equal(schema, File.ReadAllText(shipped));
    }

    private static string Schema()
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddRosterPipeline(new ConfigurationBuilder().Build())
            .BuildServiceProvider();
        return services.GetRequiredService<TenantSchema>().Build().ToJsonString(Serialization.Indented) + "\n";
    }
}
