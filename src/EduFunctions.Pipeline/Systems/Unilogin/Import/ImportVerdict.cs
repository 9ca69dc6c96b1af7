using System.Globalization;
using System.Xml.Linq;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>From an answer to what became of the document.</summary>
[Told]
internal static class ImportVerdict
{
    public static FileProgress On(FileProgress file, XElement response, UniloginImportDeliverySettings settings) => Read(file, response, settings) switch
    {
        null => file with
        {
            State = ReceiptState.Unknown,
            Reason = $"the answer to {file.Name} has a form that is not known, so it confirms nothing. It is kept beside the receipt",
        },
        var answer when !settings.SuccessCodes.Contains(answer.Code) => file with
        {
            State = ReceiptState.Failed,
            Errors = answer.Errors,
            Reason = string.Create(CultureInfo.InvariantCulture, $"the service refused {file.Name}: reskode {answer.Code}, {Lines(answer)}. Its words are kept beside the receipt"),
        },
        { Errors: 0 } => file with { State = ReceiptState.Processed, Completed = file.Rows },
        var answer => file with
        {
            State = ReceiptState.ProcessedWithErrors,
            Completed = Math.Max(0, file.Rows - answer.Errors),
            Errors = answer.Errors,
            Refused = answer.Lines.Count == answer.Errors ? answer.Lines : [],
            Reason = string.Create(CultureInfo.InvariantCulture, $"the service took {file.Name} but for {answer.Errors} rows, {Lines(answer)}. Its words are kept beside the receipt"),
        },
    };

    /// <summary>Null for what confirms nothing: a good code beside words that nobody knows as well.</summary>
    private static ImportAnswer? Read(FileProgress file, XElement response, UniloginImportDeliverySettings settings)
    {
        var sent = ImportFile.Parse(file.Name);
        return ImportAnswer.TryRead(response, ImportService.AnswerTo(sent.Kind, settings), sent.Institution) is { } answer
            && (answer.IsUnderstood || !settings.SuccessCodes.Contains(answer.Code)) ? answer : null;
    }

    private static string Lines(ImportAnswer answer)
    {
        const int Shown = 10;
        var lines = string.Join(", ", answer.Lines.Take(Shown));
        return lines.Length == 0 ? "without naming lines" : answer.Lines.Count <= Shown ? $"lines {lines}" : $"lines {lines} and others";
    }
}
