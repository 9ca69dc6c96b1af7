using System.Net.Http.Headers;
using System.Reflection;

namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>What this is, as it tells others.</summary>
public static class Product
{
    public const string Name = "EduFunctions";

    /// <summary>Stands in Directory.Build.props and nowhere else.</summary>
    public static string Version { get; } = typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>By which the operator of another system finds our calls in its log.</summary>
    public static ProductInfoHeaderValue UserAgent { get; } = new(Name, Version);
}
