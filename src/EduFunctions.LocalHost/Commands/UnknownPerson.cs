using System.Globalization;

namespace EduFunctions.LocalHost.Commands;

/// <summary>What is told of an id that nothing kept knows as a person's. It is not repeated: it may be a name.</summary>
internal static class UnknownPerson
{
    /// <param name="purged">When the person was purged; null for never.</param>
    public static string Sentence(string tenant, DateTimeOffset? purged) => purged is { } day
        ? string.Create(CultureInfo.InvariantCulture, $"Nothing of this id is kept of tenant {tenant}: it was purged on {day:yyyy-MM-dd}.")
        : $"Nothing that is kept of tenant {tenant} has a person of this id. {Remedy(tenant)}";

    /// <summary>Who knows a person by something else finds the id by it.</summary>
    public static string Remedy(string tenant) =>
        $"By name, civic number, login or mail address: explain --tenant {tenant} --find - and write it on the next line.";
}
