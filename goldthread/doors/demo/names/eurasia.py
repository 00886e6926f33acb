"""Names at home in Asia and Europe."""

from goldthread.doors.demo.names.culture import Culture, names

CHINESE = Culture(
    key="chinese",
    share=4,
    women=names(
        "Ai-Ling Bao-Yi Bik-Ha Chun-Mei Fang Feng-Lan Guiying Hui-Fen Hui-Min Jia-Hui Jing Jun-Li Kit-Ying Lai-Wah Lan Li-Hua "
        "Li-Juan Lijuan Ling Man-Yee Mei Mei-Fong Mei-Lin Mei-Yu Min Ming-Xia Pui-Shan Qing Qiu-Yan Rong Ruo-Xi Shu-Fen Shu-Hua "
        "Siu-Ling Suk-Yin Wan-Ting Wei-Ling Wen-Jing Xiao-Hong Xin-Yi Xiu-Ying Xue Yan Yi-Chen Yin-Fong Ying Yu-Lan Yue Yuk-Lan "
        "Zhen Zhi-Ying"
    ),
    men=names(
        "Bing-Wen Chi-Keung Chi-Ming Da-Wei De-Ming Fu-Sheng Guo-Qiang Guowei Hai-Bo Hao Hao-Ran Heng Hon-Man Jia-Jun Jian Jian-Guo "
        "Jin-Hai Jun-Jie Ka-Fai Kai Kam-Wing Kin-Wah Kwok-Keung Lap-Kei Lei Liang Long Man-Kit Ming-Tak Peng Qi-Ming Rui Sheng "
        "Shing Tai-Wah Tao Tian-Yu Wai-Man Wei Wei-Guo Wen-Bin Wing-Cheung Xiang Xiao-Long Xin Yat-Sing Yi-Fan Yong Yuan Yun-Fei "
        "Zhi-Hao Zi-Xuan"
    ),
    families=names(
        "Au Bai Cai Chan Chang Chen Cheng Cheung Chiu Chow Chu Dai Deng Ding Dong Du Fan Fang Feng Fong Fu Fung Gao Gong Gu "
        "Guan Guo Han He Ho Hong Hu Huang Hui Jiang Jin Kong Kwan Kwok Lai Lam Lau Law Leung Li Liang Liao Lin Ling Liu Lo Lu "
        "Luo Ma Mak Meng Mok Ng Pan Peng Poon Qian Qin Shao Shen Shi Siu Song Su Sun Tam Tan Tang Tian Tong Tsang Wan Wei Wu "
        "Xiao Xie Xu Yan Yau Ye Yee Yip Yuan Yuen Zeng Zhao Zheng Zhong Zhou Zhu"
    ),
    race=("asian",),
    language="yue",
    speaks=0.65,
    interpreter=0.55,
)

VIETNAMESE = Culture(
    key="vietnamese",
    share=4,
    women=names(
        "An Ánh Bích Bình Cẩm Châu Chi Cúc Diễm Diệp Dung Duyên Giang Hà Hạnh Hằng Hiền Hoa Hoài Hồng Huệ Hương Huyền Khánh Kiều "
        "Lan Lệ Liên Linh Loan Ly Mai Mỹ Nga Ngân Ngọc Nguyệt Nhi Nhung Oanh Phương Quyên Quỳnh Sương Tâm Thảo Thu Thủy Tiên Trâm "
        "Trang Trinh Tú Tuyết Uyên Vân Xuân Yến"
    ),
    men=names(
        "Anh Bảo Bình Cảnh Chính Công Cường Đại Đạt Điền Đông Đức Dũng Dương Duy Giáp Hải Hào Hiếu Hòa Hoàng Hùng Huy Khang Khoa "
        "Khôi Kiên Lâm Lộc Long Luân Minh Nam Nghĩa Nhân Phát Phong Phú Phúc Quân Quang Quốc Sang Sơn Tài Tân Thái Thắng Thành "
        "Thiện Thịnh Thuận Tiến Toàn Trí Trọng Trung Tuấn Tùng Việt Vinh Vũ"
    ),
    families=names(
        "Âu Bạch Bùi Cao Châu Chu Cù Đặng Đào Diệp Đinh Đoàn Đỗ Đồng Dương Giang Hà Hồ Hoàng Huỳnh Khúc Khương Kiều Kim La Lâm "
        "Lê Lò Lương Lưu Lý Mạc Mạch Mai Nghiêm Ngô Nguyễn Nhan Ông Phạm Phan Phó Phùng Quách Tạ Tăng Thạch Thái Thân Tiêu Tô "
        "Tôn Tống Trần Triệu Trịnh Trương Từ Văn Viên Võ Vũ Vương"
    ),
    race=("asian",),
    language="vi",
    speaks=0.65,
    interpreter=0.5,
)

KOREAN = Culture(
    key="korean",
    share=2,
    women=names(
        "Ae-ran Bo-ra Bok-soon Chae-won Eun-ah Eun-ji Eun-mi Eun-sook Ga-young Gyeong-ja Ha-eun Hee-jin Hye-jin Hye-rim Hyun-ju "
        "In-sook Ji-eun Ji-hye Ji-won Ji-yeon Jeong-hee Jin-ah Kyung-hee Kyung-mi Mi-kyung Mi-ran Mi-sun Min-ji Min-seo Na-rae "
        "Ok-ja Sang-mi Seo-yeon Seon-hwa So-hee Soo-ah Soo-jin Soon-ja Su-bin Sun-hee Yeon-hee Yoo-jin Yoon-ah Young-ja Young-mi"
    ),
    men=names(
        "Byung-hoon Chang-ho Chul-soo Dae-jung Do-hyun Dong-hyun Dong-wook Gi-tae Ha-joon Hyeon-woo Hyuk Hyun-soo In-ho In-seok "
        "Jae-hoon Jae-sung Jae-won Ji-hoon Ji-sung Jin-ho Jin-woo Jong-su Joon-ho Jun-young Ki-young Kwang-ho Kyung-soo Min-ho "
        "Min-jun Myung-ho Sang-hoon Sang-woo Seok-jin Seong-min Seung-ho Si-woo Sung-jae Tae-hyung Tae-yang Woo-jin Yong-su "
        "Young-ho Young-jae Yun-ho"
    ),
    families=names(
        "Ahn Bae Baek Bang Bong Byun Cha Chae Chang Cho Choi Chun Chung Do Eom Gil Gong Gwak Ha Hahm Han Heo Hong Hwang Hyun Im "
        "Jang Jeon Jeong Jin Joo Jung Kang Ki Ko Koo Kwak Kwon Lim Ma Maeng Min Moon Na Nam Noh Oh Pak Park Pyo Rhee Ryu Seo "
        "Seok Shim Shin Sohn Son Song Suh Sung Tak Um Wang Wi Won Woo Yang Yeo Yeon Yoo Yoon Yum"
    ),
    race=("asian",),
    language="ko",
    speaks=0.6,
    interpreter=0.4,
)

SOUTH_ASIAN = Culture(
    key="south_asian",
    share=5,
    women=names(
        "Aarti Aditi Amrita Anjali Anupama Asha Bhavna Chitra Deepa Devika Divya Farzana Gauri Geeta Gurpreet Harleen Hema Indira "
        "Ishani Jaspreet Jyoti Kalpana Kamala Kavita Kiran Lakshmi Lalita Leela Madhuri Mandeep Manpreet Maya Meena Meera Nalini "
        "Nandini Neha Nila Nisha Padma Pooja Pratima Preeti Priya Radha Rekha Rukmini Sangeeta Sarita Savita Shabana Shanti "
        "Shreya Simran Sita Sudha Sunita Sushila Tanvi Uma Usha Vasanti Vidya"
    ),
    men=names(
        "Aakash Aditya Ajay Amar Amit Anand Anil Arjun Arun Ashok Balwinder Bharat Bikram Chandan Darshan Deepak Devendra Dilip "
        "Ganesh Gaurav Girish Gopal Gurdeep Harish Harjit Harpreet Hemant Imran Inder Jagdish Jatin Kailash Karan Kishore Kuldeep "
        "Mahesh Manish Manoj Mohan Mukesh Naresh Navin Nikhil Nitin Paramjit Pawan Prakash Pranav Rahul Rajesh Rajinder Rakesh "
        "Ramesh Ravi Rohan Sandeep Sanjay Satish Shankar Sukhdev Suresh Tarun Vijay Vikram Vinod Yash"
    ),
    families=names(
        "Acharya Agarwal Ahluwalia Aulakh Bains Bajwa Banerjee Basu Bedi Bhandari Bhatt Bhattarai Bose Brar Chakrabarti Chatterjee "
        "Chaudhary Dasgupta Desai Dhaliwal Dhar Dhillon Dubey Dutta Gautam Ghimire Ghosh Gill Grewal Gurung Iyer Jain Jha Joshi "
        "Kapoor Karki Kaul Khanna Khatri Koirala Krishnan Kulkarni Lama Mahajan Malhotra Mehta Menon Mishra Mukherjee Naidu Nair "
        "Pandey Patil Pillai Poudel Puri Rai Rajan Rana Reddy Regmi Saini Sandhu Saxena Sehgal Sekar Sen Sethi Shah Sharma "
        "Shrestha Sidhu Sodhi Subedi Tamang Thakur Thapa Tiwari Trivedi Vyas"
    ),
    race=("asian",),
    language="pa",
    speaks=0.45,
    interpreter=0.4,
)

SLAVIC = Culture(
    key="slavic",
    share=4,
    women=names(
        "Agnieszka Aleksandra Alina Anastasia Aniela Barbara Beata Bożena Bronisława Danuta Daria Dorota Elżbieta Ewa Galina "
        "Genowefa Grażyna Halina Helena Irena Irina Iryna Izabela Jadwiga Janina Jolanta Kamila Katarzyna Kateryna Krystyna Larysa "
        "Ludmila Lyudmyla Magda Małgorzata Mariya Mariola Nadia Natalia Oksana Olena Olha Regina Renata Stanisława Svitlana Sylwia "
        "Tamara Tetiana Urszula Valentyna Wanda Wiesława Yana Yulia Zofia Zoya"
    ),
    men=names(
        "Andrij Andrzej Anton Bartosz Bogdan Bohdan Bolesław Czesław Dariusz Dmytro Edmund Eugeniusz Fedir Filip Grzegorz Hryhoriy "
        "Igor Ihor Ivan Jacek Jakub Jan Janusz Jarosław Jerzy Józef Karol Kazimierz Konrad Krzysztof Leszek Lubomir Maciej "
        "Maksym Marek Marian Mariusz Mieczysław Mikołaj Mykola Oleh Oleksiy Pavlo Paweł Petro Piotr Rafał Roman Ryszard Sergiy "
        "Sławomir Stanisław Stefan Tadeusz Taras Tomasz Vadym Viktor Volodymyr Witold Yuriy Zbigniew"
    ),
    families=names(
        "Andrusiak Babiak Baran Bednarz Bielak Bilyk Bondar Borysenko Chmiel Chornenko Czajka Danylko Dąbek Dudek Dymko Fedoruk "
        "Gajda Głowacki Gromada Gruszka Hnatiuk Holub Horbal Hrynko Jabłonka Janik Jaworek Kaczmar Kalina Karpiuk Kolasa Kostiuk "
        "Kovalenko Koziol Krawiec Kruk Kubiak Kulyk Kurek Lis Lysenko Makar Marczak Melnyk Mazurek Moroz Nowicki Olejnik Oliynyk "
        "Palamar Pawlak Petrenko Pietrzak Rudenko Rybak Savchuk Serafin Sikora Skiba Sobol Sokil Stasiuk Szczepan Szulc Tkachuk "
        "Tymoshchuk Urban Vasylenko Wasyl Wilk Wójcik Wolny Wrona Zając Zaremba Zielak"
    ),
    race=("white",),
    language="pl",
    speaks=0.4,
    interpreter=0.35,
)

EUROPEAN = Culture(
    key="european",
    share=7,
    women=names(
        "Adelheid Agnes Aileen Alessandra Anastasía Angelina Annika Antonella Astrid Aurelia Bianca Birgit Bridget Brigid Cara "
        "Carla Caterina Chiara Concetta Deirdre Despina Domenica Eileen Eleni Elke Filippa Fiona Franca Freya Giovanna Greta "
        "Gudrun Heidi Ilse Immacolata Ingrid Ioanna Kalliope Karin Katerina Kirsten Lotte Lucia Maeve Mairead Margit Marit "
        "Nuala Orla Paola Petra Rosalind Rosaria Saoirse Silke Sigrid Siobhan Sofia Solveig Stavroula Therese Ursula Vasiliki"
    ),
    men=names(
        "Alessio Anders Andreas Angelo Antonios Aristides Axel Bjorn Brendan Carmine Christos Ciaran Claus Cormac Costas Declan "
        "Dermot Dieter Dimitri Dino Domenico Eamon Einar Elias Enzo Ernesto Fergus Finn Fionn Gaetano Georgios Giancarlo Gino "
        "Giuseppe Gregor Guido Hans Henrik Ioannis Jens Joachim Kjell Konrad Kostas Lars Leif Liam Luca Magnus Malachy Matthias "
        "Nikos Nils Odhran Olav Otto Pasquale Rainer Rocco Ronan Rory Rune Salvatore Seamus Spyros Stelios Sven Torben Ulrich Vito "
        "Walter Yiannis"
    ),
    families=names(
        "Achterberg Amundsen Anagnos Baumann Bellini Bergstrom Brandt Brannigan Brennan Caruso Cavanaugh Christakis Conti Corrigan "
        "Costigan Dahl De_Santis Delaney DeLuca Devlin Di_Napoli Dietrich Donnelly Dragonas Eberhardt Ekholm Esposito Fabbri "
        "Falkenrath Fanning Feldstein Ferrante Gallagher Gallo Galanis Grasso Haas Hagen Halloran Hallgren Heffernan Holmgren "
        "Iversen Kallas Karras Keane Keller Kilbride Kjelgaard Kranz Lambros Lindqvist Lombardi Lynch Mancini Marchetti Marinos "
        "McKenna Moretti Mulcahy Neumann Nilsen Nygaard O'Hara Pappas Petrakis Quigley Ricci Romano Rossetti Sandberg Scanlon "
        "Schuster Sheehan Sorensen Stavros Tierney Tobin Vassos Vitale Vogel Weber Zimmer"
    ),
    race=("white",),
)

ASIAN_AND_EUROPEAN = (CHINESE, VIETNAMESE, KOREAN, SOUTH_ASIAN, SLAVIC, EUROPEAN)
