using System.CommandLine;
using System.CommandLine.Parsing;
using EduFunctions.Mutants;

var rooms = new Option<string[]>("--rooms")
{
    Description = "Folders of the pipeline, or files without their ending, by commas; a star stands for any part of a name.",
    DefaultValueFactory = _ => ["Eligibility", "Systems/*/*Rules", "Systems/*/*/*Rules", "Guards", "Protection", "Feeds"],
    CustomParser = given => ByCommas(given),
};
var also = new Option<string[]>("--also")
{
    Description = "Parts of names of test classes, by commas, that are run beside the fast ones.",
    DefaultValueFactory = _ => [],
    CustomParser = given => ByCommas(given),
};
var sample = new Option<int>("--sample") { Description = "How many, in equal parts of each room.", DefaultValueFactory = _ => 40 };
var seed = new Option<int>("--seed") { Description = "Which; the same code and seed choose the same.", DefaultValueFactory = _ => 1 };
var least = new Option<double>("--least") { Description = "Ends with 1 below this score, in percent." };
var thorough = new Option<bool>("--thorough") { Description = "Shows what lives to all fast tests, not only to those that met it." };
var folder = new Option<string>("--folder") { Description = "Where the copy is made; what is there is deleted.", DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "edufunctions-mutants") };
var output = new Option<string>("--output") { Description = "The JSON file.", DefaultValueFactory = _ => "out/mutants.json" };
var again = new Option<bool>("--again") { Description = "Tries the same sample in the copy that is there, as it was built and recorded." };
var list = new Option<bool>("--list") { Description = "Only says which would be tried." };

var command = new RootCommand("Small faults put into the pipeline one by one: which of them do the fast tests find?")
{
    rooms, also, sample, seed, least, thorough, folder, output, again, list,
};
command.SetAction(given =>
{
    var root = RepositoryRoot.Find();
    var chosen = new PipelineSources(root).Sample(given.GetRequiredValue(rooms), given.GetValue(sample), given.GetValue(seed));
    if (given.GetValue(list))
    {
        Console.WriteLine(string.Join('\n', chosen.Select(mutant => $"{mutant.Place}  {mutant.Was}  =>  {mutant.Becomes}")));
        return 0;
    }

    var copy = new Copy(root, given.GetRequiredValue(folder));
    var built = given.GetValue(again) ? copy.Built(chosen) : copy.MakeAndBuild(chosen);
    Console.WriteLine($"{built.Count} mutants. Running the fast tests without any.");
    foreach (var mutant in chosen.Except(built))
    {
        Console.WriteLine($"Cannot be compiled, or stands beside one that cannot: {mutant.Place}  {mutant.Was}  =>  {mutant.Becomes}");
    }

    var trials = Trials.Record(copy.Program, given.GetRequiredValue(folder), given.GetRequiredValue(also), given.GetValue(again));
    var (seconds, failed) = (trials.Classes.Sum(tested => tested.Seconds), trials.Classes.Sum(tested => tested.Failed.Count));
    Console.WriteLine($"{trials.Classes.Count} classes, {seconds:0} s; {failed} tests fail in a copy and do not count.");

    var accepted = new AcceptedMutants(root);
    var all = new List<Trial>();
    foreach (var mutant in built)
    {
        all.Add(accepted.ReasonFor(mutant) is { } reason ? new Trial(mutant, MutantFate.Accepted, reason, 0) : trials.Try(mutant, given.GetValue(thorough)));
        Console.WriteLine(Report.Line(all[^1]));
    }

    Report.Write(given.GetRequiredValue(output), given.GetValue(seed), all);
    Console.WriteLine(string.Join('\n', Report.Rooms(all)));
    return Report.Score(all) >= given.GetValue(least) ? 0 : 1;
});
return command.Parse(args).Invoke();

static string[] ByCommas(ArgumentResult given) => [.. given.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries))];
