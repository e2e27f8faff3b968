using System;
using System.Text;
using Recurrent.CommandLine;

// Windows' consoles would otherwise show × and ± as question marks.
Console.OutputEncoding = Encoding.UTF8;
return RecurrentCommand.Run(args, Console.Out, Console.Error);
