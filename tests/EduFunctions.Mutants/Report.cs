using System.Text.Json;
using System.Text.Json.Serialization;

namespace EduFunctions.Mutants;

/// <summary>What became of each, room by room: lines for people, JSON for whoever compares nights.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static string Line(Trial trial) =>
        $"{trial.Fate,-8} {trial.Mutant.Place}  {trial.Mutant.Was}  =>  {(trial.Mutant.Becomes.Length > 0 ? trial.Mutant.Becomes : "nothing")}  ({trial.By}, {trial.Seconds:0} s)";

    public static IEnumerable<string> Rooms(IReadOnlyList<Trial> trials) =>
        from trial in trials
        group trial by trial.Mutant.Room into room
        let counted = room.Where(trial => trial.Fate != MutantFate.Accepted).ToList()
        select $"{room.Key,-28} {Score(counted),4:0} %  {counted.Count(IsKilled)} of {counted.Count} killed, {room.Count() - counted.Count} accepted";

    /// <summary>Percent of those that may not live.</summary>
    public static double Score(IEnumerable<Trial> trials)
    {
        var counted = trials.Where(trial => trial.Fate != MutantFate.Accepted).ToList();
        return counted.Count == 0 ? 100 : 100.0 * counted.Count(IsKilled) / counted.Count;
    }

    public static void Write(string path, int seed, IReadOnlyList<Trial> trials)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, JsonSerializer.Serialize(new { seed, score = Score(trials), mutants = trials.Select(Row) }, Json));
    }

    private static bool IsKilled(Trial trial) => trial.Fate is MutantFate.Killed or MutantFate.TimedOut;

    private static object Row(Trial trial) => new
    {
        trial.Mutant.Room,
        trial.Mutant.File,
        trial.Mutant.Line,
        trial.Mutant.Mutation.Kind,
        trial.Mutant.Was,
        trial.Mutant.Becomes,
        trial.Fate,
        trial.By,
        Seconds = Math.Round(trial.Seconds, 1),
    };
}
