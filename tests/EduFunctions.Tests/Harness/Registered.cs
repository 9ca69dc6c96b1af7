using EduFunctions.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Harness;

/// <summary>What the pipeline registers, as every host has it, and the pages that explain it.</summary>
internal static class Registered
{
    public static IServiceCollection Lines { get; } = new ServiceCollection()
        .AddLogging()
        .AddRosterPipeline(new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", "UseDevelopmentStorage=true")]).Build());

    public static ServiceProvider Services { get; } = Lines.BuildServiceProvider();

    /// <summary>The texts of the pages in a folder and below it.</summary>
    public static IReadOnlyList<string> PagesIn(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories).Order().Select(File.ReadAllText)];

    public static string Pages(string folder) => string.Join('\n', PagesIn(folder));
}
